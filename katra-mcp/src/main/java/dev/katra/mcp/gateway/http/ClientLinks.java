package dev.katra.mcp.gateway.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open requests, looked after four times a second while there are any. */
final class ClientLinks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLinks.class);
    private static final long EVERY_MILLIS = 250;

    private final Set<ClientLink> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private boolean ticking;

    ClientLinks() {
        var executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "katra-gateway-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer = executor;
    }

    void add(ClientLink link) {
        open.add(link);
        synchronized (timer) {
            if (!ticking && !timer.isShutdown()) {
                ticking = true;
                next();
            }
        }
    }

    void remove(ClientLink link) {
        open.remove(link);
    }

    private void next() {
        var unused = timer.schedule(this::tick, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (ClientLink link : open) {
            try {
                link.tick();
            } catch (RuntimeException e) {
                LOG.error("looking after the request {} failed", link.requestId(), e);
            }
        }
        synchronized (timer) {
            ticking = !open.isEmpty() && !timer.isShutdown();
            if (ticking) {
                next();
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
