package dev.katra.core.room;

import dev.katra.core.store.Waiters;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Wakes those who wait for mail. */
@Component
public class Mailbox {

    private final Waiters<Long> waiters = new Waiters<>();

    /**
     * Completes when mail for the persona comes, on a thread that may block. Ask for it first, then look into the
     * inbox, then wait; cancel it when you stop waiting.
     */
    public CompletableFuture<Void> next(long personaId) {
        return waiters.next(personaId);
    }

    /** How many wait for mail of the persona. */
    public int waiting(long personaId) {
        return waiters.count(personaId);
    }

    void arrived(Collection<Long> personaIds) {
        personaIds.forEach(waiters::wake);
    }
}
