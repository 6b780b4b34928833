package dev.katra.core.room;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** Wakes those who wait for mail. */
@Component
public class Mailbox {

    private final ConcurrentMap<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    /** Completes when mail for the persona comes. Ask for it first, then look into the inbox, then wait. */
    public CompletableFuture<Void> next(long personaId) {
        return waiting.computeIfAbsent(personaId, id -> new CompletableFuture<>())
                .copy();
    }

    void arrived(Collection<Long> personaIds) {
        for (Long id : personaIds) {
            CompletableFuture<Void> waiters = waiting.remove(id);
            if (waiters != null) {
                waiters.complete(null);
            }
        }
    }
}
