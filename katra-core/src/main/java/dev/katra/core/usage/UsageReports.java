package dev.katra.core.usage;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.failure.Failure;
import dev.katra.core.session.SessionScoped;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionWatch;
import dev.katra.core.store.Reads;
import dev.katra.core.store.Writes;
import dev.katra.core.store.Writes.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Service;

/**
 * Takes what sessions' clients report of their requests, as far as those do not pass through the gateway: from log events
 * at once, and from transcripts at the end of turns and of sessions. Both are united by the ids of the requests, so that
 * none counts twice, and one that is missing in the log events, because the server was away, is found in the transcript.
 */
@Service
public class UsageReports implements SmartInitializingSingleton, DisposableBean {

    /** The provider whose list prices its client reports; of other providers' models the client's figures are wrong. */
    private static final String LISTED_PROVIDER = "anthropic";

    private static final Logger LOG = LoggerFactory.getLogger(UsageReports.class);

    /** The number of requests that are stored, or summed up, in one write. */
    private static final int SLICE = 250;

    /** The number of transcripts of a session that are read; a client begins one with each conversation. */
    private static final int MAX_TRANSCRIPTS = 256;

    private static final int IDLE_SECONDS = 10;

    /** The time in which a client has written what it has reported. */
    private static final int WRITING_SECONDS = 2;

    /** The longest time that somebody waits until transcripts are read. */
    private static final int READ_SECONDS = 5;

    private final ReportedRequests stored;
    private final @Nullable UsageTranscripts transcripts;
    private final PromptOrigins turns;
    private final SessionService sessions;
    private final Writes writes;
    private final Reads reads;
    private final SessionScoped<Pricing> pricing;
    private final SessionScoped<Set<String>> known;
    private final Instant started;
    /** Reads in the background. What comes after the server's end has begun is read after the next start. */
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Threads.daemons("katra-usage"),
            new ThreadPoolExecutor.DiscardPolicy());

    private final Executor afterwards =
            CompletableFuture.delayedExecutor(WRITING_SECONDS, TimeUnit.SECONDS, background);

    UsageReports(
            ReportedRequests stored,
            ObjectProvider<UsageTranscripts> transcripts,
            PromptOrigins turns,
            SessionService sessions,
            SessionWatch watch,
            Writes writes,
            Reads reads,
            Clock clock) {
        this.stored = stored;
        this.transcripts = transcripts.getIfAvailable();
        this.turns = turns;
        this.sessions = sessions;
        this.writes = writes;
        this.reads = reads;
        this.pricing = new SessionScoped<>(watch);
        this.known = new SessionScoped<>(watch);
        this.started = clock.instant();
        background.allowCoreThreadTimeOut(true);
        watch.onEnd(session -> background.execute(() -> quietly(session, () -> finish(session))));
    }

    /** A Pricing says who serves a session, and what it costs there. */
    private record Pricing(ReportedRequests.Origin origin, Prices prices) {

        boolean reports() {
            return !UsageService.passesGateway(origin.route());
        }

        OptionalLong cost(ModelTask task, TokenCounts tokens) {
            return tokens.equals(TokenCounts.NONE) ? OptionalLong.empty() : prices.cost(task.model(), tokens);
        }
    }

    /** Catches up with the transcripts of the sessions that ran, or ended, while the server was away. */
    @Override
    public void afterSingletonsInstantiated() {
        background.execute(() -> {
            for (long session : reads.run(stored::sessions)) {
                boolean lives =
                        sessions.find(session).filter(each -> each.live()).isPresent();
                quietly(session, () -> catchUp(session));
                if (!lives) {
                    quietly(session, () -> finish(session));
                }
            }
        });
    }

    /**
     * Stores the requests that a client has reported in log events. Those of a session whose requests pass through the
     * gateway, which counts them itself, and of one that has ended, are passed over.
     *
     * @throws Failure UNAVAILABLE if they could not be stored
     */
    public void report(long session, List<ReportedRequest> requests) {
        Optional<Pricing> priced = pricing(session).filter(Pricing::reports);
        if (priced.isPresent() && !requests.isEmpty()) {
            store(session, priced.get(), requests);
        }
    }

    /** Notes that a session's client writes this transcript, if it is the path of one. Nobody waits. */
    public void noteTranscript(long session, String transcript) {
        if (transcript.isEmpty() || transcripts == null) {
            return;
        }
        Set<String> noted = known.computeIfAbsent(session, ConcurrentHashMap::newKeySet);
        if (noted.size() < MAX_TRANSCRIPTS && noted.add(transcript)) {
            background.execute(() -> quietly(session, () -> note(session, transcript)));
        }
    }

    /**
     * Reads what is new in the session's transcripts, in the background: now, and once more in 2 seconds, because the
     * client reports the end of a turn while it still writes the turn's last lines.
     */
    public void readSoon(long session) {
        if (known.contains(session)) {
            background.execute(() -> quietly(session, () -> read(session)));
            afterwards.execute(() -> quietly(session, () -> read(session)));
        }
    }

    /** Returns when everything that was to be read before this call is stored, or after 5 seconds. */
    public void flush() {
        await(CompletableFuture.runAsync(() -> {}, background));
    }

    private static void await(CompletableFuture<Void> reading) {
        try {
            reading.get(READ_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("transcripts are not read in time", e);
        }
    }

    /** Ends the reading in the background; what is not read yet is read after the next start. */
    @Override
    public void destroy() {
        background.shutdown();
        try {
            if (!background.awaitTermination(READ_SECONDS, TimeUnit.SECONDS)) {
                background.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(long session, String transcript) {
        Optional<Pricing> priced = pricing(session);
        List<Path> all = family(transcript);
        if (priced.isEmpty()
                || all.isEmpty()
                || reads.run(() -> stored.positions(session)).containsKey(transcript)) {
            return;
        }
        // The gateway has counted what is there already, if need be an older version's, which has kept no ids.
        List<Path> family = priced.get().reports() ? List.of(Path.of(transcript)) : all;
        writes.run(() -> {
            family.forEach(path ->
                    stored.setPosition(session, path.toString(), priced.get().reports() ? 0 : size(path)));
            return true;
        });
    }

    /** Returns a transcript and those of its sub-agents; none if it is not the absolute path of one. */
    private List<Path> family(String transcript) {
        UsageTranscripts reader = transcripts;
        try {
            Path path = Path.of(transcript);
            return reader == null || !path.isAbsolute() ? List.of() : reader.family(path);
        } catch (InvalidPathException e) {
            return List.of();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0; // it is not there yet
        }
    }

    private void read(long session) {
        Optional<Pricing> priced = pricing(session).filter(Pricing::reports);
        if (priced.isPresent()) {
            read(session, priced.get());
        }
    }

    /**
     * Reads what the transcripts tell of the time before this server: all of a session whose client reports, and of one on
     * the gateway what was not counted there because the server was killed.
     */
    private void catchUp(long session) {
        Optional<Pricing> priced = pricing(session);
        if (priced.isEmpty() || transcripts == null) {
            return;
        }
        if (priced.get().reports()) {
            read(session, priced.get());
            return;
        }
        Set<String> counted = reads.run(() -> stored.counted(session));
        Map<String, Long> positions = reads.run(() -> stored.positions(session));
        for (Path each : transcripts(positions)) {
            readPart(
                    session,
                    priced.get(),
                    each,
                    positions.getOrDefault(each.toString(), 0L),
                    request -> request.at().isBefore(started) && !counted.contains(request.id()));
        }
    }

    private void read(long session, Pricing priced) {
        Map<String, Long> positions = reads.run(() -> stored.positions(session));
        for (Path each : transcripts(positions)) {
            long from = positions.getOrDefault(each.toString(), 0L);
            long to = readPart(session, priced, each, from, request -> true);
            if (to != from) {
                writes.run(() -> {
                    stored.setPosition(session, each.toString(), to);
                    return true;
                });
            }
        }
    }

    /** Returns the transcripts of a session, and of its sub-agents, that exist. */
    private Set<Path> transcripts(Map<String, Long> positions) {
        Set<Path> all = new LinkedHashSet<>();
        positions.keySet().forEach(path -> all.addAll(family(path)));
        all.removeIf(path -> !Files.isRegularFile(path));
        return all;
    }

    private long readPart(long session, Pricing priced, Path transcript, long from, Predicate<ReportedRequest> wanted) {
        List<ReportedRequest> found = new ArrayList<>();
        try {
            long to = Objects.requireNonNull(transcripts).read(transcript, from, request -> {
                // A conversation that is resumed begins with the requests of the session before.
                if (!request.at().isBefore(priced.origin().startedAt()) && wanted.test(request)) {
                    found.add(request);
                }
                if (found.size() >= SLICE) {
                    store(session, priced, found);
                    found.clear();
                }
            });
            store(session, priced, found);
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void store(long session, Pricing priced, List<ReportedRequest> requests) {
        writes.runEach(List.copyOf(requests), request -> {
            ModelTask task =
                    new ModelTask(priced.origin().provider(), request.model(), purpose(session, request)).storable();
            ReportedRequest shown = LISTED_PROVIDER.equals(task.provider()) ? request : request.withoutListPrice();
            stored.put(session, shown, task, priced.cost(task, request.outcome().tokens()));
            return Step.DONE;
        });
    }

    private Purpose purpose(long session, ReportedRequest request) {
        if (request.turn().subAgent()) {
            return Purpose.SUB_AGENT;
        }
        return turns.isAutomatic(session, request.turn().promptId()) ? Purpose.WAKE : Purpose.CONVERSATION;
    }

    /** Reads the transcripts of a session that has ended to their ends, and adds its requests to the sums. */
    private void finish(long session) {
        quietly(session, () -> read(session));
        while (writes.run(() -> stored.sumUp(session, SLICE))) {
            // Others write between the slices.
        }
        while (writes.run(() -> stored.forget(session, SLICE))) {
            // Others write between the slices.
        }
    }

    private Optional<Pricing> pricing(long session) {
        Pricing found = pricing.get(session);
        if (found != null) {
            return Optional.of(found);
        }
        Optional<Pricing> asked =
                reads.run(() -> stored.origin(session)).map(origin -> new Pricing(origin, parsed(origin.prices())));
        asked.ifPresent(each -> pricing.put(session, each));
        return asked;
    }

    private static Prices parsed(String prices) {
        try {
            return Prices.parse(prices);
        } catch (Failure e) {
            return Prices.parse(""); // what an older version took for a price
        }
    }

    private static void quietly(long session, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn(
                    "what the client of session {} has reported of its use could not be read; it is tried again",
                    session,
                    e);
        }
    }
}
