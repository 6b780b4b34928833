package dev.katra.mcp.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open requests, looked after four times a second while there are any. */
public final class ClientLinks implements AutoCloseable {

    /** An open request. */
    public interface Watched {

        /** A quarter of a second has passed; must not block. */
        void tick();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientLinks.class);
    private static final long EVERY_MILLIS = 250;

    private final Set<Watched> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;
    private boolean ticking;

    public ClientLinks() {
        var executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "katra-client-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer = executor;
    }

    /** Looks after this one from now on. */
    public void add(Watched link) {
        open.add(link);
        synchronized (timer) {
            if (!ticking && !timer.isShutdown()) {
                ticking = true;
                next();
            }
        }
    }

    /** Looks after it no more. */
    public void remove(Watched link) {
        open.remove(link);
    }

    private void next() {
        var unused = timer.schedule(this::tick, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        for (Watched link : open) {
            try {
                link.tick();
            } catch (RuntimeException e) {
                LOG.error("looking after a request failed", e);
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
