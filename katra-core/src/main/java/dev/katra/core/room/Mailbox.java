package dev.katra.core.room;

import dev.katra.core.concurrent.Waiters;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Wakes the threads and calls that wait for mail. */
@Component
public class Mailbox {

    private final Waiters<Long> waiters = new Waiters<>();

    /**
     * Returns a future that completes when mail for the persona comes, on a thread that may block. Ask for it first,
     * then read the inbox, then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> nextMail(long personaId) {
        return waiters.next(personaId);
    }

    /** Returns how many calls wait for mail of the persona. */
    public int countWaiting(long personaId) {
        return waiters.count(personaId);
    }

    void wake(Collection<Long> personaIds) {
        personaIds.forEach(waiters::wake);
    }
}
