package dev.katra.core.session;

import dev.katra.core.store.Waiters;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Tells those who wait that a session has changed. */
@Component
public class SessionWatch {

    private final Waiters<Long> waiters = new Waiters<>();

    /**
     * Completes at the session's next change, on a thread that may block. Ask for it first, then look at the session,
     * then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> next(long sessionId) {
        return waiters.next(sessionId);
    }

    void changed(long sessionId) {
        waiters.wake(sessionId);
    }
}
