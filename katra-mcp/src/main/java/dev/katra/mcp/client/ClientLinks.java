package dev.katra.mcp.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open requests, looked after four times a second while there are any. */
public final class ClientLinks {

    /** An open request. */
    public interface Watched {

        /** A quarter of a second has passed; must not block. */
        void tick();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientLinks.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final Set<Watched> open = ConcurrentHashMap.newKeySet();
    private final HeldTasks tasks;
    private boolean ticking;

    public ClientLinks(HeldTasks tasks) {
        this.tasks = tasks;
    }

    /** Looks after this one from now on. */
    public void add(Watched link) {
        open.add(link);
        synchronized (open) {
            if (!ticking) {
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
        var unused = tasks.after(EVERY, this::tick);
    }

    private void tick() {
        for (Watched link : open) {
            try {
                link.tick();
            } catch (RuntimeException e) {
                LOG.error("looking after a request failed", e);
            }
        }
        synchronized (open) {
            ticking = !open.isEmpty();
            if (ticking) {
                next();
            }
        }
    }
}
