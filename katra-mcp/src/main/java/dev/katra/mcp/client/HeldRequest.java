package dev.katra.mcp.client;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A request that waits for its answer without a thread. It ends once: by an answer, by a dispatch to what answers it, or because
 * its client has left, which is seen within some seconds. Its body must have been read to the end.
 */
public final class HeldRequest implements ClientLinks.Watched {

    private final AsyncContext context;
    private final ClientProbe probe;
    private final ClientLinks links;
    private final Runnable over;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ended;

    private HeldRequest(AsyncContext context, ClientProbe probe, ClientLinks links, Runnable over) {
        this.context = context;
        this.probe = probe;
        this.links = links;
        this.over = over;
    }

    /**
     * Holds the request.
     *
     * @param over is run once at its end, whatever that was; must not block
     */
    public static HeldRequest hold(
            HttpServletRequest request, HttpServletResponse response, ClientLinks links, Runnable over) {
        ClientProbe probe = ClientProbe.of(request);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        HeldRequest held = new HeldRequest(context, probe, links, over);
        context.addListener(held.new Listener());
        links.add(held);
        return held;
    }

    /** Whether it has ended. */
    public boolean ended() {
        return ended;
    }

    /** Lets the request go on to its servlet; false if it had ended before, or its client has left. */
    public boolean goOn() {
        tick();
        return end(context::dispatch);
    }

    /** Answers; false if it had ended before, or its client has left. */
    public boolean answer(int status, String type, String body) {
        tick();
        return end(() -> {
            if (context.getResponse() instanceof HttpServletResponse response) {
                response.setStatus(status);
                if (!type.isEmpty()) {
                    response.setContentType(type);
                }
                write(response, body);
            }
            context.complete();
        });
    }

    private static void write(HttpServletResponse response, String body) {
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        } catch (IOException e) {
            // the client has left, and needs no answer
        }
    }

    /** Looks whether the client is still there. */
    @Override
    public void tick() {
        if (!lock.tryLock()) {
            return; // it is being ended
        }
        try {
            if (!ended && probe.gone()) {
                end(context::complete);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean end(Runnable ending) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            ended = true;
            ending.run();
        } catch (IllegalStateException e) {
            // the container was faster, as it is when the server stops
        } finally {
            lock.unlock();
        }
        links.remove(this);
        over.run();
        return true;
    }

    private final class Listener implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            end(() -> {});
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            end(() -> {});
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
