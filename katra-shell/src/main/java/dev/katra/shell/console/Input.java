package dev.katra.shell.console;

import java.io.IOException;
import java.util.function.Supplier;

/** The caller's standard input. */
public interface Input {

    /** All of it, as UTF-8 text, to its end. */
    String readAll() throws IOException;

    /** One line, for an answer to a question; empty at the end of the input. */
    String readLine() throws IOException;

    /** An input that holds this text and no answers. */
    static Input of(Supplier<String> text) {
        return new Input() {
            @Override
            public String readAll() {
                return text.get();
            }

            @Override
            public String readLine() {
                return "";
            }
        };
    }
}
