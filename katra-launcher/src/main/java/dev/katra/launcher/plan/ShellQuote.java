package dev.katra.launcher.plan;

/** Quotes text so that a POSIX shell reads exactly that text as one word. */
public final class ShellQuote {

    private ShellQuote() {}

    /** Returns the text in single quotes, whatever it holds except a NUL. */
    public static String quote(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text holds a NUL");
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
