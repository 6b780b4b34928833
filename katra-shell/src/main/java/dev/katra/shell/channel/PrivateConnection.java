package dev.katra.shell.channel;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The server's end of one connection over the private socket: plain HTTP, one request after the other. */
final class PrivateConnection implements AutoCloseable {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int LARGEST_BODY = CommandRequest.LARGEST_INPUT + 16 * 1024 * 1024;

    private final SocketChannel socket;
    private final ByteBuffer received = ByteBuffer.allocate(16 * 1024).flip();

    /** The request is larger than the server wants to hold. It has been read to its end. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;
    }

    PrivateConnection(SocketChannel socket) {
        this.socket = socket;
    }

    /** The next request; empty if the caller has ended the connection instead. */
    Optional<PrivateRequest> request() throws IOException {
        String first = line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new HashMap<>();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            length += line.length();
            if (colon < 0 || length > LONGEST_HEAD) {
                throw new IOException("no head of a request");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int space = first.lastIndexOf(" HTTP/1.");
        if (space < 0) {
            throw new IOException("no request");
        }
        return Optional.of(new PrivateRequest(first.substring(0, space), headers, ByteBuffer.wrap(body(headers))));
    }

    /** Sends these bytes at once. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        synchronized (socket) {
            while (buffer.hasRemaining()) {
                socket.write(buffer);
            }
        }
    }

    /** Sends this text at once. */
    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A stream to the caller, without a buffer. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                send(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                send(java.util.Arrays.copyOfRange(bytes, from, from + length));
            }
        };
    }

    /** True once the caller has closed its end. Asks the socket, without waiting. */
    boolean gone() {
        synchronized (socket) {
            try {
                socket.configureBlocking(false);
                try {
                    received.compact();
                    return socket.read(received) < 0;
                } finally {
                    received.flip();
                    socket.configureBlocking(true);
                }
            } catch (IOException e) {
                return true;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        long length;
        try {
            length = Long.parseLong(headers.getOrDefault("content-length", "0"));
        } catch (NumberFormatException e) {
            throw new IOException("no length", e);
        }
        if (length < 0) {
            throw new IOException("a body of " + length + " bytes");
        }
        if (length > LARGEST_BODY) {
            skip(length);
            throw new TooLarge();
        }
        byte[] body = new byte[(int) length];
        int held = Math.min(body.length, received.remaining());
        received.get(body, 0, held);
        ByteBuffer rest = ByteBuffer.wrap(body, held, body.length - held);
        while (rest.hasRemaining()) {
            if (socket.read(rest) < 0) {
                throw new EOFException("the request was cut");
            }
        }
        return body;
    }

    /** Reads what is not wanted: who is still sending does not see an answer. */
    private void skip(long length) throws IOException {
        long rest = length - received.remaining();
        while (rest > 0) {
            received.clear();
            int read = socket.read(received);
            if (read < 0) {
                throw new EOFException("the request was cut");
            }
            rest -= read;
        }
        received.clear().flip();
    }

    /** A line without its end; empty also at the end of the connection. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() <= LONGEST_HEAD) {
            if (!received.hasRemaining()) {
                received.clear();
                int read = socket.read(received);
                received.flip();
                if (read < 0) {
                    if (line.size() > 0) {
                        throw new EOFException("the request was cut");
                    }
                    return "";
                }
                continue;
            }
            byte b = received.get();
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        throw new IOException("a line without end");
    }
}
