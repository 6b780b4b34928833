package dev.katra.shell.console;

/** What the caller's three streams are connected to. */
public record Terminal(boolean input, boolean output, boolean error) {

    /** Nothing is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false);

    /** From three digits, 1 for a terminal: input, output, error. Anything else is none. */
    public static Terminal of(String digits) {
        return digits.matches("[01]{3}")
                ? new Terminal(digits.charAt(0) == '1', digits.charAt(1) == '1', digits.charAt(2) == '1')
                : NONE;
    }

    /** The same as three digits. */
    public String digits() {
        return (input ? "1" : "0") + (output ? "1" : "0") + (error ? "1" : "0");
    }
}
