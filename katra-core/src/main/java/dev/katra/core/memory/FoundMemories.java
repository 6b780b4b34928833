package dev.katra.core.memory;

import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Notes which memories sessions find, each at most once a day. It gathers them for some seconds and writes them in short
 * writes, so that no answer waits for it; a server that is killed loses what it has gathered.
 */
@Component
class FoundMemories implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(FoundMemories.class);
    private static final Duration DELAY = Duration.ofSeconds(5);

    /** The number of memories of which it is known that they are noted for the day; with more, all are looked at again. */
    private static final int MAX_KNOWN = 100_000;

    private final MemoryUses uses;
    private final Writes writes;
    private final ConcurrentMap<Long, Long> noted = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Instant> gathered = new ConcurrentHashMap<>();
    private final AtomicBoolean waiting = new AtomicBoolean();

    FoundMemories(MemoryUses uses, Writes writes) {
        this.uses = uses;
        this.writes = writes;
    }

    /** Notes that a session has found these memories. It takes about a microsecond for each, and neither waits nor fails. */
    void note(Collection<Long> numbers, Instant at) {
        long day = at.toEpochMilli() / ChronoUnit.DAYS.getDuration().toMillis();
        if (noted.size() > MAX_KNOWN) {
            noted.clear();
        }
        for (Long number : numbers) {
            Long known = noted.put(number, day);
            if (known == null || known != day) {
                gathered.put(number, at);
            }
        }
        if (!gathered.isEmpty() && waiting.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(DELAY.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::write);
        }
    }

    /** Writes what is gathered. */
    void write() {
        waiting.set(false);
        Map<Long, Instant> taken = new HashMap<>();
        gathered.keySet().forEach(number -> {
            Instant at = gathered.remove(number);
            if (at != null) {
                taken.put(number, at);
            }
        });
        try {
            writes.runEach(List.copyOf(taken.entrySet()), each -> {
                uses.noteFound(each.getKey(), each.getValue());
                return Step.DONE;
            });
        } catch (RuntimeException e) {
            LOG.warn("it could not be written which memories were found", e);
        }
    }

    @Override
    public void destroy() {
        if (!gathered.isEmpty()) {
            write();
        }
    }
}
