package dev.katra.mcp.gateway.http;

import dev.katra.mcp.client.ClientLinks;
import dev.katra.mcp.client.ClientProbe;
import dev.katra.mcp.gateway.failure.GatewayError;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.http.MediaType;

/**
 * The way back to one client. What is done under {@link #run} is done by one thread at a time; a client that reads
 * slowly holds that thread and nobody else. After the end nothing is written.
 */
final class ClientLink implements ClientLinks.Watched {

    /** Something that writes to the client. */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    /** What belongs to a request while it is open; all of it is told on threads of the gateway. */
    interface Owner {

        /** The client has left: nobody waits for the answer any more. */
        void gone();

        /** A quarter of a second has passed. Called without the lock, until the link is closed; must not block. */
        void tick();
    }

    private final AsyncContext context;
    private final HttpServletResponse response;
    private final ClientProbe probe;
    private final ClientLinks links;
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
            ClientLinks links,
            String requestId) {
        this.context = context;
        this.response = response;
        this.probe = probe;
        this.links = links;
        this.requestId = requestId;
    }

    /** Begins to look after the request on behalf of this owner. */
    void open(Owner of) {
        owner = of;
        links.add(this);
    }

    /** The owner has nothing more to look after. */
    void close() {
        links.remove(this);
    }

    String requestId() {
        return requestId;
    }

    boolean over() {
        return over;
    }

    /** Whether the client left before the end. */
    boolean lost() {
        return lost;
    }

    /** Whether anything has been answered yet. Only under {@link #run}. */
    boolean committed() {
        return committed;
    }

    /** For how many nanoseconds nothing has been written. */
    long silence() {
        return System.nanoTime() - lastWrite;
    }

    /** Runs this alone; a client that is found to be gone ends the link. Nothing is run after the end. */
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

    /** Sends the status and the type of the answer. Only under {@link #run}. */
    void begin(int status, String type) {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("request-id", requestId);
        committed = true;
    }

    /** The response itself, for an answer that is passed through. Only under {@link #run}, before anything else. */
    HttpServletResponse response() {
        committed = true;
        return response;
    }

    /** Sends bytes at once. Only under {@link #run}. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        response.getOutputStream().write(bytes, offset, length);
        response.getOutputStream().flush();
        lastWrite = System.nanoTime();
    }

    /** Ends the answer. Only under {@link #run}. */
    void end() {
        finish();
    }

    /** Breaks the answer off, so that the client does not take it for whole. Only under {@link #run}. */
    void cut() {
        if (!over) {
            over = true;
            probe.cut(); // upon which the container ends the request
        }
    }

    /** Answers with an error and ends. Only under {@link #run}, before anything else was sent. */
    void refuse(GatewayError error) throws IOException {
        begin(error.status(), MediaType.APPLICATION_JSON_VALUE);
        error.headers().forEach(response::setHeader);
        byte[] body = error.envelope(requestId).toString().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        write(body, 0, body.length);
        finish();
    }

    /** Looks after the client; never blocks. */
    @Override
    public void tick() {
        if (!lock.tryLock()) {
            return; // somebody writes, and will notice
        }
        boolean left = false;
        try {
            left = !over && probe.gone();
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
