package dev.katra.mcp.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open requests, looked after now and then while there are any. */
public final class ClientLinks {

    /** An open request. */
    public interface Watched {

        /** It is time to look; must not block. */
        void tick();
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientLinks.class);

    private final Set<Watched> open = ConcurrentHashMap.newKeySet();
    private final HeldTasks tasks;
    private final Duration every;
    private boolean ticking;

    /** Links that are looked after each time this has passed. */
    public ClientLinks(HeldTasks tasks, Duration every) {
        this.tasks = tasks;
        this.every = every;
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
        var unused = tasks.after(every, this::tick);
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
