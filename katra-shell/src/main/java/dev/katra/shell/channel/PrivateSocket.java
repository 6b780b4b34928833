package dev.katra.shell.channel;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PrivateSocket listens on the server's Unix socket, in a folder that only the owner can enter. A caller whose request
 * is whole is served by a thread of its own, since commands block, with the service that belongs to the request's
 * target, such as {@code GET /status}. The number of these threads is limited, and callers beyond it are refused.
 */
public final class PrivateSocket implements AutoCloseable {

    /** The maximum number of callers that are served at once: the running commands, and a few short requests. */
    private static final int MAX_CALLERS = OwnerSocketHandler.MAX_RUNNING + 32;

    private static final Logger LOG = LoggerFactory.getLogger(PrivateSocket.class);

    private final KatraHome home;
    private volatile ServerSocketChannel server;
    private final Map<String, Service> services;
    private final RequestReceiver receiver;
    private final Set<PrivateConnection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MAX_CALLERS);
    private final AtomicInteger callers = new AtomicInteger();
    private volatile boolean closed;

    /** Answers one request, and may go on with the connection, which is closed after it. */
    @FunctionalInterface
    interface Service {

        void serve(PrivateRequest request, PrivateConnection connection) throws IOException;
    }

    private PrivateSocket(KatraHome home, ServerSocketChannel server, Map<String, Service> services)
            throws IOException {
        this.home = home;
        this.server = server;
        this.services = services;
        this.receiver = RequestReceiver.open(this::take);
        receiver.listen(server);
    }

    /** Opens the socket of a home. Must be called by the process that holds the home's lock. */
    static PrivateSocket open(KatraHome home, Map<String, Service> services) {
        ServerSocketChannel server = listen(home);
        try {
            return new PrivateSocket(home, server, Map.copyOf(services));
        } catch (IOException e) {
            close(server);
            throw notOpened(home, e);
        }
    }

    /** Opens the socket again after its file was removed. Callers who are connected stay so. */
    public synchronized void reopen() {
        if (closed) {
            return;
        }
        ServerSocketChannel fresh = listen(home);
        ServerSocketChannel old = server;
        server = fresh;
        try {
            receiver.listen(fresh);
        } catch (IOException e) {
            throw notOpened(home, e);
        }
        close(old);
    }

    private static ServerSocketChannel listen(KatraHome home) {
        KatraHome.privateFolder(home.run());
        try {
            return SocketPath.listen(home.socket(), 64);
        } catch (IOException e) {
            throw notOpened(home, e);
        }
    }

    private static Failure notOpened(KatraHome home, IOException e) {
        return Failure.unavailable("cannot open the socket " + home.socket() + ": " + e.getMessage())
                .hint("check the permissions of the home: ls -ld")
                .cause(e);
    }

    /** Takes over a caller whose request is whole. Must not wait. */
    private void take(PrivateConnection connection, IncomingRequest request) {
        if (places.tryAcquire()) {
            start(connection, request);
        } else {
            end(connection, request, Refusal.TOO_MANY);
        }
    }

    private void start(PrivateConnection connection, IncomingRequest request) {
        Thread thread = Threads.daemon("katra-caller-" + callers.incrementAndGet(), () -> serve(connection, request));
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // of threads, not of the heap: the JVM goes on
            LOG.warn("no thread can be started for a caller", e);
            places.release();
            end(connection, request, Refusal.TOO_MANY);
        }
    }

    private static void end(PrivateConnection connection, IncomingRequest request, Refusal refusal) {
        try (connection;
                request) {
            refusal.send(connection);
        } catch (IOException e) {
            LOG.debug("a caller has left", e);
        }
    }

    private void serve(PrivateConnection connection, IncomingRequest incoming) {
        connections.add(connection);
        try (connection;
                incoming) {
            Optional<PrivateRequest> request = incoming.request();
            if (!closed && request.isPresent()) {
                services.getOrDefault(request.get().target(), PrivateSocket::sendNotFound)
                        .serve(request.get(), connection);
            }
        } catch (IOException e) {
            LOG.debug("a caller has left", e);
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.error("a caller could not be answered", e);
            }
        } finally {
            connections.remove(connection);
            places.release();
        }
    }

    /** Answers 404 to a caller who may not ask, or asks for something that is not there. */
    static void sendNotFound(PrivateRequest request, PrivateConnection connection) throws IOException {
        sendStatus(connection, "404 Not Found");
    }

    /** Sends an answer that consists of a status and headers. */
    static void sendStatus(PrivateConnection connection, String status, String... headers) throws IOException {
        connection.send(head(status, headers));
    }

    /** Returns the head of an answer without a body, after which the connection ends. */
    static String head(String status, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String header : headers) {
            answer.append(header).append("\r\n");
        }
        return answer + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    /** Closes the socket and all connections. A caller that waits for an answer sees that it was cut. */
    @Override
    public synchronized void close() {
        closed = true;
        close(server);
        receiver.close();
        try {
            for (PrivateConnection connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a connection failed", e);
        }
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing the socket failed", e);
        }
    }
}
