package dev.katra.shell.channel;

import java.io.EOFException;
import java.io.IOException;
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
