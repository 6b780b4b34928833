package dev.katra.web.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks open requests at a fixed interval while there are any. */
public final class RequestMonitor {

    /** An open request that is checked at intervals. */
    public interface MonitoredRequest {

        /** Checks the request. It is called on a shared thread and must not block. */
        void poll();
    }

    private static final Logger LOG = LoggerFactory.getLogger(RequestMonitor.class);

    private final Set<MonitoredRequest> open = ConcurrentHashMap.newKeySet();
    private final RequestScheduler tasks;
    private final Duration interval;
    private boolean ticking;

    /** Creates an instance that checks its requests each time this interval has passed. */
    public RequestMonitor(RequestScheduler tasks, Duration interval) {
        this.tasks = tasks;
        this.interval = interval;
    }

    /** Checks this request from now on. */
    public void add(MonitoredRequest link) {
        open.add(link);
        synchronized (open) {
            if (!ticking) {
                ticking = true;
                next();
            }
        }
    }

    /** Stops checking this request. */
    public void remove(MonitoredRequest link) {
        open.remove(link);
    }

    private void next() {
        var unused = tasks.schedule(interval, this::pollAll);
    }

    private void pollAll() {
        for (MonitoredRequest link : open) {
            try {
                link.poll();
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
