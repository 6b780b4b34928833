package dev.katra.web.client;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a request that waits for its answer without a thread. It ends once: by an answer, by a dispatch to the servlet
 * that answers it, or because its client has left, which is noticed within some seconds. Its body must have been read
 * to the end.
 */
public final class HeldRequest implements RequestMonitor.MonitoredRequest {

    private final AsyncContext context;
    private final ClientProbe probe;
    private final RequestMonitor links;
    private final Runnable onEnd;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ended;

    private HeldRequest(AsyncContext context, ClientProbe probe, RequestMonitor links, Runnable onEnd) {
        this.context = context;
        this.probe = probe;
        this.links = links;
        this.onEnd = onEnd;
    }

    /**
     * Holds the request.
     *
     * @param over is run once when the request ends, whatever ended it; must not block
     */
    public static HeldRequest hold(
            HttpServletRequest request, HttpServletResponse response, RequestMonitor links, Runnable over) {
        ClientProbe probe = ClientProbe.of(request);
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        HeldRequest held = new HeldRequest(context, probe, links, over);
        context.addListener(held.new Listener());
        links.add(held);
        return held;
    }

    /** Returns whether the request has ended. */
    public boolean hasEnded() {
        return ended;
    }

    /** Dispatches the request to its servlet; returns false if it had ended before or its client has left. */
    public boolean dispatch() {
        poll();
        return end(context::dispatch);
    }

    /** Answers the request; returns false if it had ended before or its client has left. */
    public boolean answer(int status, String type, String body) {
        poll();
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

    /** Ends the request if its client has left. */
    @Override
    public void poll() {
        if (!lock.tryLock()) {
            return; // another thread ends it now
        }
        try {
            if (!ended && probe.isGone()) {
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
            // the container has ended it already, as it does when the server stops
        } finally {
            lock.unlock();
        }
        links.remove(this);
        onEnd.run();
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
