package dev.katra.shell.channel;

import dev.katra.shell.console.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A CommandAnswer sends a command's output to the one who has asked for the command. Its form is for the entry point's
 * script, which has curl write the body of an answer to standard output as it comes, and reads the headers itself. So
 * the body is standard output, byte by byte; standard error and the end of the command are trailers. A part of standard
 * error ends an answer, and the caller asks for the next one on the same connection, until a trailer says how the
 * command has ended. An answer without that trailer was cut. {@link AnswerReader} reads it in Java.
 */
final class CommandAnswer {

    /** The trailer that holds a piece of standard error. */
    static final String ERROR = "X-Katra-Error";

    /** The trailer that begins a word of the program to become. */
    static final String WORD = "X-Katra-Word";

    /** The trailer that holds a piece of the word that was begun last. */
    static final String PART = "X-Katra-Part";

    /** The trailer that holds the exit code, or {@link #EXEC}. */
    static final String END = "X-Katra-End";

    /** Says in place of an exit code that the caller is to become a program. */
    static final String EXEC = "exec";

    /**
     * The maximum number of bytes in one trailer. Encoded they are at most five times as long, and curl takes no
     * trailer of more than 4,096 bytes.
     */
    private static final int MAX_TRAILER_BYTES = 700;

    /** The maximum number of bytes of standard error in one answer: curl takes no head of more than 300 kB. */
    private static final int MAX_ERROR_BYTES = 32 * MAX_TRAILER_BYTES;

    private static final int FLUSH_BYTES = 64 * 1024;

    private final PrivateConnection connection;
    private boolean answering;
    private boolean broken;

    CommandAnswer(PrivateConnection connection) {
        this.connection = connection;
    }

    /**
     * Tells the caller that the command is taken, and waits until it asks for the output: from then on the caller does
     * not run the command elsewhere. Returns false if the caller has given up waiting; the command must not be run
     * then.
     */
    synchronized boolean accept() throws IOException {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        return begin(connection.promptRequest());
    }

    private boolean begin(Optional<PrivateRequest> request) throws IOException {
        broken = request.isEmpty();
        if (!broken) {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            answering = true;
        }
        return answering;
    }

    PrintWriter out() {
        return writer(this::sendOutput);
    }

    PrintWriter err() {
        return writer(this::sendError);
    }

    /** Sends how the command has ended, which ends the answer. */
    synchronized void end(Outcome outcome) throws IOException {
        if (broken || !awaitRequest()) {
            return;
        }
        StringBuilder trailer = new StringBuilder("0\r\n");
        if (outcome instanceof Outcome.Exec exec) {
            for (String word : exec.command()) {
                trailer.append(WORD + ": \r\n").append(headerLines(PART, word.getBytes(StandardCharsets.UTF_8)));
            }
            trailer.append(END + ": " + EXEC + "\r\n");
        } else if (outcome instanceof Outcome.Exit exit) {
            trailer.append(END + ": ").append(exit.code()).append("\r\n");
        }
        connection.send(trailer + "\r\n");
        if (connection.promptRequest().isPresent()) {
            PrivateSocket.sendStatus(connection, "410 Gone"); // curl asks until it is told that there is no more
        }
    }

    private synchronized void sendOutput(byte[] bytes) throws IOException {
        if (bytes.length == 0 || !awaitRequest()) {
            return;
        }
        byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = new byte[size.length + bytes.length + 2];
        System.arraycopy(size, 0, chunk, 0, size.length);
        System.arraycopy(bytes, 0, chunk, size.length, bytes.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        connection.send(chunk);
    }

    private synchronized void sendError(byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            if (!awaitRequest()) {
                return;
            }
            int to = endOfPart(bytes, from);
            connection.send("0\r\n" + headerLines(ERROR, Arrays.copyOfRange(bytes, from, to)) + "\r\n");
            answering = false;
            from = to;
        }
    }

    /** Returns the end of the part of a UTF-8 text that begins here, which is not amid a character. */
    private static int endOfPart(byte[] text, int from) {
        int to = Math.min(from + MAX_ERROR_BYTES, text.length);
        while (to < text.length && (text[to] & 0xc0) == 0x80) {
            to--;
        }
        return to;
    }

    /** Makes sure that an answer is open, for which the caller has to ask. Returns false if the caller has left. */
    private boolean awaitRequest() throws IOException {
        return answering || begin(connection.request());
    }

    /** Encodes bytes for bash's {@code printf %b}, in header lines of printable ASCII; {@link #decode} decodes a line. */
    static String headerLines(String name, byte[] bytes) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (i % MAX_TRAILER_BYTES == 0) {
                lines.append(i == 0 ? "" : "\r\n").append(name).append(": ");
            }
            byte b = bytes[i];
            if (b > ' ' && b < 127 && b != '\\') {
                lines.append((char) b);
            } else {
                lines.append(String.format("\\0%03o", b & 0xff));
            }
        }
        return bytes.length == 0 ? "" : lines.append("\r\n").toString();
    }

    /** Returns the bytes of the value of one of the {@link #headerLines}. */
    static byte[] decode(String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == '\\') {
                    bytes.write(Integer.parseInt(value, i + 1, i + 5, 8));
                    i += 4;
                } else {
                    bytes.write(value.charAt(i));
                }
            }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("the answer has a trailer that cannot be read", e);
        }
        return bytes.toByteArray();
    }

    private static PrintWriter writer(Sink sink) {
        OutputStream gathering = new OutputStream() {
            private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

            @Override
            public synchronized void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public synchronized void write(byte[] bytes, int from, int length) throws IOException {
                pending.write(bytes, from, length);
                if (pending.size() >= FLUSH_BYTES) {
                    flush();
                }
            }

            @Override
            public synchronized void flush() throws IOException {
                byte[] bytes = pending.toByteArray();
                pending.reset();
                sink.send(bytes);
            }
        };
        return new PrintWriter(new OutputStreamWriter(gathering, StandardCharsets.UTF_8), false);
    }

    private interface Sink {

        void send(byte[] bytes) throws IOException;
    }
}
