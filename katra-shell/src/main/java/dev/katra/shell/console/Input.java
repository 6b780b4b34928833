package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An Input reads the caller's standard input. */
@FunctionalInterface
public interface Input {

    /** An input with nothing in it. */
    Input EMPTY = () -> "";

    /**
     * Reads all of the input to its end, as UTF-8 text.
     *
     * @throws Failure INVALID if it is not UTF-8
     */
    String readAll() throws IOException;

    /**
     * Decodes these bytes as UTF-8 text.
     *
     * @throws Failure INVALID if they are not UTF-8
     */
    static String text(byte[] bytes) {
        return text(ByteBuffer.wrap(bytes));
    }

    /**
     * Decodes what remains in this buffer as UTF-8 text.
     *
     * @throws Failure INVALID if that is not UTF-8
     */
    static String text(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw Failure.invalid("standard input is not UTF-8 text")
                    .hint("convert it first, with iconv -t UTF-8 for example")
                    .cause(e);
        }
    }

    /** Reads the next line, without its end; empty at the end of the input. */
    default Optional<String> nextLine() throws IOException {
        return Optional.empty();
    }

    /** Reads one line, for an answer to a question; empty at the end of the input, or where nobody can be asked. */
    default String readLine() throws IOException {
        return nextLine().orElse("");
    }
}
