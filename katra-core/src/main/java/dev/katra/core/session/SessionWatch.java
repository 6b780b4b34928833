package dev.katra.core.session;

import dev.katra.core.store.Waiters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Tells those who wait that a session has changed. */
@Component
public class SessionWatch {

    private final Waiters<Long> waiters = new Waiters<>();
    private final AtomicLong changes = new AtomicLong();

    /**
     * Completes at the session's next change, on a thread that may block. Ask for it first, then look at the session,
     * then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> next(long sessionId) {
        return waiters.next(sessionId);
    }

    /** How often sessions have changed, the new ones included; what was read since the last change is still so. */
    long changes() {
        return changes.get();
    }

    void changed(long sessionId) {
        changes.incrementAndGet();
        waiters.wake(sessionId);
    }
}
