package dev.katra.core.text;

/** Somebody's text for a terminal, which must not do what the text says. */
public final class Visible {

    private Visible() {}

    /** The text with its control characters shown; tabs and ends of lines stay. */
    public static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.replace("\r\n", "\n").chars().forEach(c -> {
            if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
                shown.append((char) c);
            } else if (c < ' ') {
                shown.append((char) ('\u2400' + c));
            } else if (c == 0x7f) {
                shown.append('\u2421');
            } else {
                shown.append(String.format("\\x%02x", c));
            }
        });
        return shown.toString();
    }
}
