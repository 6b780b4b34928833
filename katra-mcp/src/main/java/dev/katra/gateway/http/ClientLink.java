package dev.katra.gateway.http;

import dev.katra.gateway.failure.GatewayError;
import dev.katra.web.client.ClientProbe;
import dev.katra.web.client.RequestMonitor;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.MediaType;

/**
 * A ClientLink writes to one client. Only one thread at a time acts under {@link #run}; a client that reads slowly
 * blocks that thread and no other. After the end nothing is written.
 */
final class ClientLink implements RequestMonitor.MonitoredRequest {

    /** Writes to the client. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    /** An Owner looks after an open request. It is called on threads of the gateway. */
    interface Owner {

        /** Tells the owner that the client has left, so that nobody waits for the answer any more. */
        void gone();

        /**
         * Tells the owner that a quarter of a second has passed. Called without the lock until the link is closed; must
         * not block.
         */
        void tick();
    }

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final ClientProbe probe;
    private final RequestMonitor links;
    private final String requestId;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Owner owner = new Nobody();
    private volatile long lastWrite = System.nanoTime();
    private boolean committed;
    private volatile boolean over;
    private volatile boolean lost;

    ClientLink(
            AsyncContext context,
            HttpServletResponse response,
            ClientProbe probe,
            RequestMonitor links,
            String requestId) {
        this.context = context;
        this.response = response;
        this.probe = probe;
        this.links = links;
        this.requestId = requestId;
    }

    /** Begins to watch the request on behalf of this owner. */
    void open(Owner of) {
        owner = of;
        links.add(this);
    }

    /** Stops watching the request. */
    void close() {
        links.remove(this);
    }

    String requestId() {
        return requestId;
    }

    boolean over() {
        return over;
    }

    /** Returns whether the client left before the end. */
    boolean hasClientLeft() {
        return lost;
    }

    /** Returns whether the answer has begun. Must be called under {@link #run}. */
    boolean committed() {
        return committed;
    }

    /** Returns the time in nanoseconds since the last write. */
    long nanosSinceWrite() {
        return System.nanoTime() - lastWrite;
    }

    /**
     * Runs this while no other thread does. Ends the link if the client turns out to have left. After the end it runs
     * nothing.
     */
    void run(Writing writing) {
        boolean left = false;
        lock.lock();
        try {
            if (!over) {
                writing.run();
            }
        } catch (IOException e) {
            // The container has seen it too, ends the request by itself, and may have given its objects to the next
            // one.
            left = true;
            lost = true;
            over = true;
        } finally {
            lock.unlock();
        }
        if (left) {
            owner.gone();
        }
    }

    /** Sends the status and the content type of the answer. Must be called under {@link #run}. */
    void begin(int status, String type) {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("request-id", requestId);
        committed = true;
    }

    /**
     * Returns the response itself, for an answer that is passed through. Must be called under {@link #run}, before
     * anything is sent.
     */
    HttpServletResponse response() {
        committed = true;
        return response;
    }

    /**
     * Gives an answer that is passed through the gateway's id of the request, unless the endpoint has given it one.
     * Returns the id by which the client knows the request. Must be called under {@link #run}, before anything is sent.
     */
    String identify() {
        String given = response.getHeader("request-id");
        if (given != null && !given.isBlank()) {
            return given;
        }
        response.setHeader("request-id", requestId);
        return requestId;
    }

    /** Sends bytes at once. Must be called under {@link #run}. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        response.getOutputStream().write(bytes, offset, length);
        response.getOutputStream().flush();
        lastWrite = System.nanoTime();
    }

    /** Ends the answer. Must be called under {@link #run}. */
    void end() {
        finish();
    }

    /** Breaks the answer off, so that the client does not take it for complete. Must be called under {@link #run}. */
    void abort() {
        if (!over) {
            over = true;
            probe.abort(); // after which the container ends the request
        }
    }

    /** Answers with an error and ends. Must be called under {@link #run}, before anything is sent. */
    void sendError(GatewayError error) throws IOException {
        begin(error.status(), MediaType.APPLICATION_JSON_VALUE);
        error.headers().forEach(response::setHeader);
        byte[] body = error.envelope(requestId).toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        write(body, 0, body.length);
        finish();
    }

    /** Checks whether the client is still there and tells the owner; never blocks. */
    @Override
    public void poll() {
        if (!lock.tryLock()) {
            return; // somebody writes, and will notice
        }
        boolean left = false;
        try {
            left = !over && probe.isGone();
            if (left) {
                lost = true;
                finish();
            }
        } finally {
            lock.unlock();
        }
        if (left) {
            owner.gone();
        } else {
            owner.tick();
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            try {
                context.complete();
            } catch (IllegalStateException e) {
                // The container was faster, as it is when the server stops.
            }
        }
    }

    private static final class Nobody implements Owner {
        @Override
        public void gone() {}

        @Override
        public void tick() {}
    }
}
