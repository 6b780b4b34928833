package dev.katra.core.concurrent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notifies those who wait for news about a key, such as mail for a persona. Their futures complete on threads of their
 * own, so what depends on them may block and may write.
 */
public final class Waiters<K> {

    private static final Executor THREADS = Executors.newCachedThreadPool(Threads.daemons("katra-waking"));

    private final ConcurrentMap<K, Map<Object, CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

    /** Returns the threads on which all waiters are woken; what runs there may block. */
    public static Executor threads() {
        return THREADS;
    }

    /**
     * Returns a future that completes at the next news about the key. Ask for it first, then look, then wait. Cancel it
     * when you stop waiting (or let it time out), so that it is not kept.
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

    /** Returns how many wait for the key. */
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
