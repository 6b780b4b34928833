package dev.katra.core.session;

import dev.katra.core.concurrent.Waiters;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** Notifies those who wait for a change of a session. */
@Component
public class SessionWatch {

    /** The number of ended sessions that are remembered, for what still comes in of them. */
    private static final int MAX_ENDED = 1_000;

    private final Waiters<Long> waiters = new Waiters<>();
    private final AtomicLong changes = new AtomicLong();
    private final List<LongConsumer> endListeners = new CopyOnWriteArrayList<>();
    private final Set<Long> ended = new LinkedHashSet<>();

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

    /** Calls the listener with the id of each session that ends, from now on. It must not block. */
    public void onEnd(LongConsumer listener) {
        endListeners.add(listener);
    }

    /** Returns whether the session is among those that have ended lately. */
    boolean hasEnded(long sessionId) {
        synchronized (ended) {
            return ended.contains(sessionId);
        }
    }

    /** Tells everybody that a session has ended. Must be called after that is stored. */
    void notifyEnded(long sessionId) {
        synchronized (ended) {
            ended.add(sessionId);
            if (ended.size() > MAX_ENDED) {
                ended.remove(ended.iterator().next());
            }
        }
        endListeners.forEach(listener -> listener.accept(sessionId));
        notifyChanged(sessionId);
    }
}
