package dev.katra.shell.channel;

import dev.katra.shell.console.Outcome;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An AnswerReader reads what a {@link CommandAnswer} sends, one answer after the other. An IOException says that the
 * answer was cut, or is none. It is for one thread.
 */
final class AnswerReader {

    private static final int MAX_LINE = 64 * 1024;

    private final InputStream in;
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final List<ByteArrayOutputStream> words = new ArrayList<>();
    private @Nullable String end;

    AnswerReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Reads the head of the next answer and returns its status. */
    int status() throws IOException {
        String first = line();
        if (!first.startsWith("HTTP/1.")) {
            throw new IOException("no answer");
        }
        skipHeaders();
        try {
            return Integer.parseInt(first.split(" ", 3)[1]);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no status", e);
        }
    }

    private void skipHeaders() throws IOException {
        while (!line().isEmpty()) {
            // headers say nothing that is needed here
        }
    }

    /** Returns all that comes to the end of the connection, as UTF-8 text. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns the body of an answer, which is UTF-8 text, as it comes; at its end the trailers are read. */
    Reader body() {
        return new InputStreamReader(new ChunkedStream(), StandardCharsets.UTF_8);
    }

    /** Returns the part of standard error that the trailers hold. */
    String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    /** Returns how the command has ended; empty if another answer follows. */
    Optional<Outcome> end() throws IOException {
        if (end == null) {
            return Optional.empty();
        }
        if (end.equals(CommandAnswer.EXEC)) {
            return Optional.of(new Outcome.Exec(words.stream()
                    .map(word -> word.toString(StandardCharsets.UTF_8))
                    .toList()));
        }
        return Optional.of(new Outcome.Exit(number(end, 10)));
    }

    private void readTrailers() throws IOException {
        error.reset();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(": ");
            if (colon < 0) {
                throw new IOException("no trailer");
            }
            takeTrailer(line.substring(0, colon), line.substring(colon + 2));
        }
    }

    private void takeTrailer(String name, String value) throws IOException {
        switch (name) {
            case CommandAnswer.ERROR -> error.writeBytes(CommandAnswer.decode(value));
            case CommandAnswer.WORD -> words.add(new ByteArrayOutputStream());
            case CommandAnswer.PART -> {
                if (words.isEmpty()) {
                    throw new IOException("a part of no word");
                }
                words.get(words.size() - 1).writeBytes(CommandAnswer.decode(value));
            }
            case CommandAnswer.END -> end = value;
            default -> {} // which says nothing that is needed here
        }
    }

    /** Reads a line to its end, without it. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the answer has no end");
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("a line without end");
            }
            line.append((char) b);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    private static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("no number", e);
        }
    }

    /** A ChunkedStream is the body of one answer. */
    private final class ChunkedStream extends InputStream {

        private int left;
        private boolean begun;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0 && !ended) {
                beginChunk();
            }
            if (ended) {
                return -1;
            }
            int read = in.read(bytes, from, Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the answer has no end");
            }
            left -= read;
            return read;
        }

        private void beginChunk() throws IOException {
            if (begun) {
                line(); // the end of the chunk before
            }
            begun = true;
            left = number(line(), 16);
            if (left < 0) {
                throw new IOException("a chunk of " + left + " bytes");
            }
            if (left == 0) {
                ended = true;
                readTrailers();
            }
        }
    }
}
