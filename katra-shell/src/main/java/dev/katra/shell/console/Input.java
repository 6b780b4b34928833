package dev.katra.shell.console;

import java.io.IOException;

/** The caller's standard input. */
@FunctionalInterface
public interface Input {

    /** An input with nothing in it. */
    Input EMPTY = () -> "";

    /** All of it, as UTF-8 text, to its end. */
    String readAll() throws IOException;

    /** One line, for an answer to a question; empty at the end of the input, or where nobody can be asked. */
    default String readLine() throws IOException {
        return "";
    }
}
