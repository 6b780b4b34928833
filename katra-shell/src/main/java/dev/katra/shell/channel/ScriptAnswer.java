package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.ExitCode;
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
 * A command's output for the entry point's script, which has curl write an answer's body to standard output as it comes
 * and reads the answer's headers itself. So the body is standard output, byte by byte; standard error and the end of the
 * command are trailers. What goes to standard error ends an answer, and curl asks for the next one on the same
 * connection, until a trailer says how the command has ended. An answer without it was cut.
 */
final class ScriptAnswer {

    /** Encoded five times as long at most, and curl takes no trailer of more than 4,096 bytes. */
    private static final int PIECE = 700;

    /** How much of standard error goes with one answer: curl takes no head of more than 300 kB. */
    private static final int PART = 32 * PIECE;

    private static final int ENOUGH = 64 * 1024;

    private final PrivateConnection connection;
    private boolean answering;
    private boolean broken;

    ScriptAnswer(PrivateConnection connection) {
        this.connection = connection;
    }

    /** Refuses a request, and ends the command with this failure. */
    static void refuse(PrivateConnection connection, String status, Failure failure) throws IOException {
        String text = "katra: " + failure.text() + "\n\nhint: " + failure.hint().orElse("") + "\n";
        String told =
                lines("X-Katra-Error", text.getBytes(StandardCharsets.UTF_8)).stripTrailing();
        PrivateSocket.refuse(connection, status, told, "X-Katra-End: " + ExitCode.of(failure));
    }

    /** Tells the script that the command is taken: from now on it will not be run elsewhere. */
    synchronized void begin() throws IOException {
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        answering = true;
    }

    PrintWriter out() {
        return writer(this::print);
    }

    PrintWriter err() {
        return writer(this::note);
    }

    /** Ends the answer with how the command ended. */
    synchronized void end(Outcome outcome) throws IOException {
        if (broken || !awaitTurn()) {
            return;
        }
        StringBuilder trailer = new StringBuilder("0\r\n");
        if (outcome instanceof Outcome.Exec exec) {
            for (String word : exec.command()) {
                trailer.append("X-Katra-Word: \r\n")
                        .append(lines("X-Katra-Part", word.getBytes(StandardCharsets.UTF_8)));
            }
            trailer.append("X-Katra-End: exec\r\n");
        } else if (outcome instanceof Outcome.Exit exit) {
            trailer.append("X-Katra-End: ").append(exit.code()).append("\r\n");
        }
        connection.send(trailer + "\r\n");
        if (connection.request().isPresent()) {
            PrivateSocket.refuse(connection, "410 Gone"); // curl asks until it is told that there is no more
        }
    }

    private synchronized void print(byte[] bytes) throws IOException {
        if (bytes.length == 0 || !awaitTurn()) {
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

    private synchronized void note(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += PART) {
            if (!awaitTurn()) {
                return;
            }
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + PART, bytes.length));
            connection.send("0\r\n" + lines("X-Katra-Error", part) + "\r\n");
            answering = false;
        }
    }

    /** Makes sure that an answer is open; false if the caller does not ask for one. */
    private boolean awaitTurn() throws IOException {
        if (!answering) {
            Optional<PrivateRequest> next = connection.request();
            if (next.isEmpty()) {
                broken = true;
                return false;
            }
            begin();
        }
        return true;
    }

    /** As bash's {@code printf %b} reads them, in lines of printable ASCII. */
    private static String lines(String name, byte[] bytes) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (i % PIECE == 0) {
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
                if (pending.size() >= ENOUGH) {
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
