package dev.katra.core.usage;

import dev.katra.core.store.Writes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers the sums that are not in the store yet. Adding to them starts a timer; when it has run down, they are written
 * together. Without anything to write there is no timer. Sums that could not be written stay, and are tried again.
 */
final class UsageBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(UsageBuffer.class);
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final ConcurrentMap<UsageKey, CountedSum> sums = new ConcurrentHashMap<>();
    private final AtomicBoolean clockRuns = new AtomicBoolean();
    private final Writes writes;
    private final Consumer<Map<UsageKey, CountedSum>> store;
    private final BiConsumer<Duration, Runnable> later;
    private volatile boolean closed;
    private volatile boolean failing;

    /**
     *
     * @param store puts sums into the store; called inside a write
     * @param later runs a task, which does not block, after a time
     */
    UsageBuffer(Writes writes, Consumer<Map<UsageKey, CountedSum>> store, BiConsumer<Duration, Runnable> later) {
        this.writes = writes;
        this.store = store;
        this.later = later;
    }

    /** Adds usage. It takes about a microsecond, and neither waits nor fails. */
    void add(UsageKey key, CountedSum usage) {
        sums.merge(key, usage, CountedSum::plus);
        startClock();
    }

    /** Calls the consumer with each buffered sum; those that are being written just now are left out. */
    void forEach(BiConsumer<UsageKey, Usage> consumer) {
        sums.forEach((key, sum) -> consumer.accept(key, sum.usage()));
    }

    /** Writes the sums that were added before this call; the future completes normally, whether or not that worked. */
    CompletableFuture<Void> write() {
        Map<UsageKey, CountedSum> taken = new HashMap<>();
        return writes.submit(() -> {
                    // On the writer's thread, so that a later write cannot come before this one.
                    for (UsageKey key : sums.keySet()) {
                        CountedSum usage = sums.remove(key);
                        if (usage != null) {
                            taken.put(key, usage);
                        }
                    }
                    store.accept(taken);
                    return taken.size();
                })
                .handle((written, failure) -> {
                    if (failure == null) {
                        failing = false;
                    } else {
                        giveBack(taken, failure);
                    }
                    return null;
                });
    }

    /** Writes the buffered sums; usage that is added later is written without delay. */
    void close() {
        closed = true;
        write().join();
        if (!sums.isEmpty()) {
            LOG.warn("the last use of {} sessions and models is not counted: it could not be written", sums.size());
        }
    }

    private void giveBack(Map<UsageKey, CountedSum> taken, Throwable failure) {
        taken.forEach((key, usage) -> sums.merge(key, usage, CountedSum::plus));
        if (sums.isEmpty()) {
            return;
        }
        if (!failing) {
            failing = true;
            LOG.warn("usage could not be written; it is kept in memory and tried again", failure);
        }
        if (!closed) {
            startClock();
        }
    }

    private void startClock() {
        if (closed) {
            var unused = write();
        } else if (!clockRuns.get() && clockRuns.compareAndSet(false, true)) {
            later.accept(DELAY, () -> {
                clockRuns.set(false);
                if (!sums.isEmpty()) {
                    var unused = write();
                }
            });
        }
    }
}
