package dev.katra.shell.channel;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A PrivateConnection is the server's end of one connection over the private socket. It speaks plain HTTP, one request
 * after the other.
 */
final class PrivateConnection implements AutoCloseable {

    /** The maximum time that a caller may take for what it sends without having to wait for anything. */
    private static final Duration PROMPT = Duration.ofSeconds(10);

    /** The size of the buffer in bytes. Many callers may wait for their command, and send little meanwhile. */
    private static final int BUFFER = 4 * 1024;

    private static final MemoryBudget NO_BODY = new MemoryBudget(0);

    private final SocketChannel socket;
    private final ByteBuffer received;

    /**
     * Creates the connection of a caller whose first request has come.
     *
     * @param rest what has come behind that request
     */
    PrivateConnection(SocketChannel socket, ByteBuffer rest) {
        this.socket = socket;
        received = ByteBuffer.allocate(Math.max(BUFFER, rest.remaining()));
        received.put(rest).flip();
    }

    /** Reads the next request, which has no body; empty if the caller has ended the connection instead. */
    Optional<PrivateRequest> request() throws IOException {
        IncomingRequest incoming = new IncomingRequest(NO_BODY);
        while (!incoming.take(received)) {
            if (!receive()) {
                if (incoming.isUntouched()) {
                    return Optional.empty();
                }
                throw new EOFException("the request was cut");
            }
        }
        return incoming.request();
    }

    /** Reads the next request of a caller that sends it at once, and closes the connection if it does not. */
    Optional<PrivateRequest> promptRequest() throws IOException {
        Deadline deadline = Deadline.start(PROMPT, socket);
        try {
            return request();
        } finally {
            deadline.close();
        }
    }

    /**
     * Waits for the empty line by which the caller says that it has read the answer so far, and closes the connection if
     * that takes too long. Returns false if the caller has left.
     */
    boolean awaitAcknowledgement() throws IOException {
        Deadline deadline = Deadline.start(PROMPT, socket);
        try {
            return (received.hasRemaining() || receive()) && received.get() == '\n';
        } finally {
            deadline.close();
        }
    }

    /** Reads what comes next into the empty buffer. Returns false at the end of the connection. */
    private boolean receive() throws IOException {
        received.clear();
        int read = socket.read(received);
        received.flip();
        return read >= 0;
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

    /** Returns an unbuffered stream to the caller. */
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

    /** Returns whether the caller has closed its end, without waiting. */
    boolean isDisconnected() {
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
}
