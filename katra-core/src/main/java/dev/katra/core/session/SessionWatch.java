package dev.katra.core.session;

import dev.katra.core.concurrent.Waiters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Notifies those who wait for a change of a session. */
@Component
public class SessionWatch {

    private final Waiters<Long> waiters = new Waiters<>();
    private final AtomicLong changes = new AtomicLong();

    /**
     * Returns a future that completes at the session's next change, on a thread that may block. Ask for it first, then
     * read the session, then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> nextChange(long sessionId) {
        return waiters.next(sessionId);
    }

    /** Returns how often sessions have changed, new ones included; what was read at the same number is still valid. */
    long changes() {
        return changes.get();
    }

    void notifyChanged(long sessionId) {
        changes.incrementAndGet();
        waiters.wake(sessionId);
    }
}
