package dev.katra.shell.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Terminal says which of the caller's three streams are connected to a terminal.
 *
 * @param columns how wide the terminal at the output is; 0 if there is none or it does not say
 */
public record Terminal(boolean input, boolean output, boolean error, int columns) {

    /** The terminal of a caller none of whose streams is connected to one. */
    public static final Terminal NONE = new Terminal(false, false, false, 0);

    private static final Pattern ENCODED = Pattern.compile("([01]{3})(?::(\\d{0,5}))?");

    /**
     * Parses three digits, 1 for a terminal: input, output, error; and the columns behind a colon. Any other text gives
     * {@link #NONE}.
     */
    public static Terminal parse(String digits) {
        Matcher written = ENCODED.matcher(digits);
        if (!written.matches()) {
            return NONE;
        }
        String streams = written.group(1);
        String columns = written.group(2);
        return new Terminal(
                streams.charAt(0) == '1',
                streams.charAt(1) == '1',
                streams.charAt(2) == '1',
                columns == null || columns.isEmpty() ? 0 : Integer.parseInt(columns));
    }

    /** Returns the text that {@link #parse} parses. */
    public String encoded() {
        return (input ? "1" : "0") + (output ? "1" : "0") + (error ? "1" : "0") + (columns > 0 ? ":" + columns : "");
    }

    /** Returns this terminal with another width. */
    public Terminal columns(int number) {
        return new Terminal(input, output, error, number);
    }
}
