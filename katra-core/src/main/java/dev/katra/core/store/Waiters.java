package dev.katra.core.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who wait for news about a key, such as mail for a persona. They are woken on threads of their own, so what
 * depends on their futures may block and may write.
 */
public final class Waiters<K> {

    static final Executor THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "katra-waking");
        thread.setDaemon(true);
        return thread;
    });

    private final ConcurrentMap<K, Map<Object, CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

    /**
     * Completes at the next news. Ask for it first, then look, then wait. Who stops waiting cancels it (or lets it time
     * out), so that it is not kept.
     */
    public CompletableFuture<Void> next(K key) {
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        Object seat = new Object();
        waiting.compute(key, (k, seats) -> {
            Map<Object, CompletableFuture<Void>> all = seats == null ? new HashMap<>() : seats;
            all.put(seat, waiter);
            return all;
        });
        var unused = waiter.whenComplete((nothing, failure) -> leave(key, seat));
        return waiter;
    }

    /** Wakes all who wait for the key, and returns at once. */
    public void wake(K key) {
        Map<Object, CompletableFuture<Void>> woken = waiting.remove(key);
        if (woken != null) {
            THREADS.execute(() -> woken.values().forEach(waiter -> THREADS.execute(() -> waiter.complete(null))));
        }
    }

    /** How many wait for the key. */
    public int count(K key) {
        AtomicInteger count = new AtomicInteger();
        waiting.computeIfPresent(key, (k, seats) -> {
            count.set(seats.size());
            return seats;
        });
        return count.get();
    }

    private void leave(K key, Object seat) {
        waiting.computeIfPresent(key, (k, seats) -> {
            seats.remove(seat);
            return seats.isEmpty() ? null : seats;
        });
    }
}
