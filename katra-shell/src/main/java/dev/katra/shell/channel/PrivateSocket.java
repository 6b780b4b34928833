package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's private socket, in a folder that only the owner can enter. A thread for each caller, since callers are
 * few and commands block; what is served is a service for each target, such as {@code GET /status}.
 */
public final class PrivateSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PrivateSocket.class);

    private final ServerSocketChannel server;
    private final Map<String, Service> services;
    private final Set<PrivateConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger callers = new AtomicInteger();
    private volatile boolean closed;

    /** Answers one request, and may go on with the connection, which is closed after it. */
    @FunctionalInterface
    interface Service {

        void serve(PrivateRequest request, PrivateConnection connection) throws IOException;
    }

    private PrivateSocket(ServerSocketChannel server, Map<String, Service> services) {
        this.server = server;
        this.services = services;
    }

    /**
     * Opens the socket of a home. One that a killed server has left is removed, so this is only for who holds the home's
     * lock.
     */
    static PrivateSocket open(KatraHome home, Map<String, Service> services) {
        KatraHome.privateFolder(home.run());
        try (SocketPath path = SocketPath.to(home.socket())) {
            Files.deleteIfExists(home.socket());
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(path.address(), 64);
            Files.setPosixFilePermissions(home.socket(), PosixFilePermissions.fromString("rw-------"));
            PrivateSocket socket = new PrivateSocket(server, Map.copyOf(services));
            daemon(socket::accept, "katra-socket");
            return socket;
        } catch (IOException e) {
            throw Failure.unavailable("cannot open the socket " + home.socket() + ": " + e.getMessage())
                    .cause(e);
        }
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel caller = server.accept();
                daemon(() -> serve(new PrivateConnection(caller)), "katra-caller-" + callers.incrementAndGet());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("a caller could not connect", e);
            }
        }
    }

    private void serve(PrivateConnection connection) {
        open.add(connection);
        try (connection) {
            if (closed) {
                return;
            }
            answer(connection);
        } catch (IOException e) {
            LOG.debug("a caller has left", e);
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("a caller could not be answered", e);
            }
        } finally {
            open.remove(connection);
        }
    }

    private void answer(PrivateConnection connection) throws IOException {
        Optional<PrivateRequest> request;
        try {
            request = connection.request();
        } catch (PrivateConnection.TooLarge e) {
            ScriptAnswer.refuse(connection, "413 Content Too Large", CommandRequest.tooLarge());
            return;
        }
        if (request.isPresent()) {
            services.getOrDefault(request.get().target(), PrivateSocket::nothing)
                    .serve(request.get(), connection);
        }
    }

    /** The answer to who may not ask, or asks for what is not there. */
    static void nothing(PrivateRequest request, PrivateConnection connection) throws IOException {
        refuse(connection, "404 Not Found");
    }

    /** An answer that is a status, headers if any, and nothing else. */
    static void refuse(PrivateConnection connection, String status, String... headers) throws IOException {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        connection.send(answer + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends all connections. Who waits for an answer sees that it was cut. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (PrivateConnection connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the socket failed", e);
        }
    }
}
