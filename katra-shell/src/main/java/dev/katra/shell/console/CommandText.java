package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.util.List;

/** Reads the text that a command is given: its words, or standard input. */
public final class CommandText {

    private CommandText() {}

    /**
     * Returns the words with blanks between them; with none, or "-", all of standard input without its last line end.
     *
     * @throws Failure INVALID if there is no text in either place
     */
    public static String of(Caller caller, List<String> words, String what) {
        if (!words.isEmpty() && !words.equals(List.of("-"))) {
            return String.join(" ", words);
        }
        try {
            String text = caller.input().readAll();
            String trimmed = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            if (trimmed.isEmpty()) {
                throw Failure.invalid(what + " is missing").hint("give it as words, or on standard input");
            }
            return trimmed;
        } catch (IOException e) {
            throw Failure.unavailable("cannot read standard input: " + e.getMessage())
                    .hint("give the text as words, or a file: < FILE")
                    .cause(e);
        }
    }
}
