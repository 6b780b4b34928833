package dev.katra.core.usage;

import dev.katra.core.failure.Failure;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * Counts what sessions use, and tells it together with what their clients report. What passes through the gateway is summed
 * up in memory, and written about once a second, when the server stops, and before it is read; so what is read is exact. A
 * server that is killed loses about a second of it, which it finds again in the transcripts when it starts.
 */
@Service
public class UsageService implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(UsageService.class);
    private static final int MAX_LIMIT = 1000;

    private final UsageRepository stored;
    private final UsageBuffer unwritten;
    private final ReportedRequests ids;
    private final Reads reads;
    private final Clock clock;

    UsageService(UsageRepository stored, ReportedRequests ids, Writes writes, Reads reads, Clock clock) {
        this.stored = stored;
        this.ids = ids;
        this.clock = clock;
        this.unwritten = new UsageBuffer(writes, this::store, (delay, task) -> CompletableFuture.delayedExecutor(
                        delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task));
        this.reads = reads;
    }

    private void store(Map<UsageKey, CountedSum> sums) {
        sums.forEach((key, sum) -> {
            if (stored.add(key.storable(), sum.usage())) {
                sum.list().forEach(id -> ids.putCounted(key.sessionId(), id));
            } else {
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
     *
     * @param requestId the id under which the client knows the request; null if it does not know of it
     */
    public void count(long sessionId, CountedRequest request, @Nullable String requestId) {
        unwritten.add(
                UsageKey.at(sessionId, clock.instant(), request.task()),
                CountedSum.of(Usage.of(request), request.failed() ? null : requestId));
    }

    /** Returns the usage of each of these sessions; a session of which nothing is known is left out. */
    public Map<Long, Usage> of(Collection<Long> sessionIds) {
        return read(() -> {
            Map<Long, Usage> sums = new HashMap<>();
            models(sessionIds).forEach((session, models) -> sums.put(session, total(models)));
            return sums;
        });
    }

    /** Returns the usage of the selected requests, the largest groups first; days come in their order. */
    public List<UsageGroup> grouped(UsageGrouping grouping, UsageSelection selection) {
        Comparator<UsageGroup> order = grouping == UsageGrouping.DAY
                ? Comparator.comparing(UsageGroup::name)
                : Comparator.comparing(
                                (UsageGroup group) -> group.usage().cost().nanoDollars())
                        .thenComparing(group -> group.usage().tokens().all())
                        .reversed()
                        .thenComparing(UsageGroup::name);
        return read(() -> stored.grouped(grouping, selection, clock.getZone()).stream()
                .sorted(order)
                .toList());
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
        Map<Long, List<ModelUsage>> models = models(sessions.keySet());
        return sessions.entrySet().stream()
                .map(session -> session.getValue().with(models.getOrDefault(session.getKey(), List.of())))
                .toList();
    }

    /** Returns the stored usage, with what could not be written yet. */
    private Map<Long, List<ModelUsage>> models(Collection<Long> sessionIds) {
        Map<Long, List<ModelUsage>> models = stored.of(sessionIds);
        Set<Long> wanted = new HashSet<>(sessionIds);
        unwritten.forEach((key, usage) -> {
            if (wanted.contains(key.sessionId())) {
                List<ModelUsage> of = models.computeIfAbsent(key.sessionId(), id -> new ArrayList<>());
                of.add(new ModelUsage(key.task(), UsageSource.COUNTED, usage));
                models.put(key.sessionId(), ModelUsage.united(of));
            }
        });
        return models;
    }

    private static Usage total(List<ModelUsage> models) {
        return models.stream().map(ModelUsage::usage).reduce(Usage.NONE, Usage::plus);
    }
}
