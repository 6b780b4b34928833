package dev.katra.core.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** Tells those who wait that a session has changed. */
@Component
public class SessionWatch {

    private final ConcurrentMap<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    /** Completes at the session's next change. Ask for it first, then look at the session, then wait. */
    public CompletableFuture<Void> next(long sessionId) {
        return waiting.computeIfAbsent(sessionId, id -> new CompletableFuture<>())
                .copy();
    }

    void changed(long sessionId) {
        CompletableFuture<Void> waiters = waiting.remove(sessionId);
        if (waiters != null) {
            waiters.complete(null);
        }
    }
}
