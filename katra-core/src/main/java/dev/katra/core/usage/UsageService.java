package dev.katra.core.usage;

import dev.katra.core.failure.Failure;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * Counts what sessions use, as far as their requests pass through the gateway. Sums are kept in memory and written about
 * once a second, when the server stops, and before they are read; so what is read is exact, and a server that is killed
 * loses about a second of counting.
 */
@Service
public class UsageService implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(UsageService.class);
    private static final int MAX_LIMIT = 1000;

    private final UsageRepository stored;
    private final UsageBuffer unwritten;
    private final Reads reads;

    UsageService(UsageRepository stored, Writes writes, Reads reads) {
        this.stored = stored;
        this.unwritten = new UsageBuffer(writes, this::store, (delay, task) -> CompletableFuture.delayedExecutor(
                        delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task));
        this.reads = reads;
    }

    private void store(Map<UsageKey, Usage> sums) {
        sums.forEach((key, usage) -> {
            if (!stored.add(key.storable(), usage)) {
                LOG.warn("usage of the session {}, which does not exist, is dropped", key.sessionId());
            }
        });
    }

    /** Returns whether requests of sessions on this route pass through the gateway. */
    public static boolean passesGateway(String route) {
        return route.equals("gateway");
    }

    /**
     * Counts a request of a session. Takes about a microsecond on any thread, and neither waits for the store nor fails;
     * a session that does not exist is passed over.
     */
    public void count(long sessionId, CountedRequest request) {
        unwritten.add(new UsageKey(sessionId, request.model(), request.purpose()), Usage.of(request));
    }

    /** Returns the usage of each of these sessions; a session of which nothing was counted is left out. */
    public Map<Long, Usage> of(Collection<Long> sessionIds) {
        return read(() -> {
            Map<Long, Usage> sums = new HashMap<>();
            sums(sessionIds).forEach((key, usage) -> sums.merge(key.sessionId(), usage, Usage::plus));
            return sums;
        });
    }

    /** Returns the live sessions, oldest first. */
    public List<SessionUsage> live() {
        return read(() -> withSums(stored.live()));
    }

    /**
     * Returns the sessions of these personas, live or ended, newest first.
     *
     * @throws Failure INVALID if the limit is not 1 to 1000
     */
    public RecentUsage ofPersonas(Collection<Long> personaIds, int limit) {
        return recent(personaIds, limit);
    }

    /**
     * Returns all sessions of which something was counted, live or ended, newest first.
     *
     * @throws Failure INVALID if the limit is not 1 to 1000
     */
    public RecentUsage all(int limit) {
        return recent(null, limit);
    }

    /** Writes the sums that are still in memory. */
    @Override
    public void destroy() {
        unwritten.close();
    }

    private RecentUsage recent(@Nullable Collection<Long> personaIds, int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to " + MAX_LIMIT)
                    .hint("give a number from 1 to " + MAX_LIMIT);
        }
        return read(() -> new RecentUsage(withSums(stored.newest(personaIds, limit)), stored.count(personaIds)));
    }

    private <T> T read(Supplier<T> queries) {
        unwritten.write().join();
        return reads.run(queries);
    }

    private List<SessionUsage> withSums(Map<Long, SessionUsage> sessions) {
        Map<Long, List<ModelUsage>> models = new HashMap<>();
        sums(sessions.keySet()).forEach((key, usage) -> models.computeIfAbsent(key.sessionId(), id -> new ArrayList<>())
                .add(new ModelUsage(key.model(), key.purpose(), usage)));
        return sessions.entrySet().stream()
                .map(session -> session.getValue().with(models.getOrDefault(session.getKey(), List.of())))
                .toList();
    }

    /** Returns the stored sums, with those that could not be written yet. */
    private Map<UsageKey, Usage> sums(Collection<Long> sessionIds) {
        Map<UsageKey, Usage> sums = stored.of(sessionIds);
        Set<Long> wanted = new HashSet<>(sessionIds);
        unwritten.forEach((key, usage) -> {
            if (wanted.contains(key.sessionId())) {
                sums.merge(key, usage, Usage::plus);
            }
        });
        return sums;
    }
}
