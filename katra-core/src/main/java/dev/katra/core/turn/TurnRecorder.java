package dev.katra.core.turn;

import dev.katra.core.concurrent.Threads;
import dev.katra.core.persona.Actor;
import dev.katra.core.store.Reads;
import dev.katra.core.turn.NewTurn.TurnOwner;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/**
 * Takes down the turns of sessions as their clients report them, unless {@code katra.capture} says otherwise. Who reports
 * does not wait: a thread in the background writes what came, one after the other, and what is left when the server stops.
 * A server that is killed loses what came in its last moments.
 */
@Service
public class TurnRecorder implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRecorder.class);

    /** The number of reports that may wait; with more, who reports waits. */
    private static final int MAX_WAITING = 256;

    private static final int IDLE_SECONDS = 10;

    /** The longest time that somebody waits for what was reported before. */
    private static final int FLUSH_SECONDS = 30;

    /** The length, in characters, from which a text is cut before it waits: what waits takes some 32 MB at most. */
    private static final int MAX_WAITING_CHARACTERS = 64 * 1024;

    private final CaptureSettings settings;
    private final TurnWriter writing;
    private final TurnRows rows;
    private final TurnText texts;
    private final Reads reads;
    private final Clock clock;
    private final ThreadPoolExecutor background = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            Threads.daemons("katra-turns"),
            new ThreadPoolExecutor.CallerRunsPolicy());

    TurnRecorder(
            CaptureSettings settings, TurnWriter writing, TurnRows rows, TurnText texts, Reads reads, Clock clock) {
        this.settings = settings;
        this.writing = writing;
        this.rows = rows;
        this.texts = texts;
        this.reads = reads;
        this.clock = clock;
        background.allowCoreThreadTimeOut(true);
    }

    /** Notes that a person has asked something in a session. What was asked there before has ended by then. */
    public void recordPrompt(Actor actor, TurnKey key, @Nullable String folder, String prompt) {
        Instant now = clock.instant();
        Supplier<@Nullable String> storable = storable(prompt);
        record(() -> {
            String asked = storable.get();
            writing.end(runningBefore(actor, key), now);
            writing.store(
                    turn(actor, key, folder, now, null), body -> body.prompt() == null ? body.prompt(asked) : body);
        });
    }

    /** Returns what gives the storable text: later, or of a long one at once, so that it does not wait whole. */
    private Supplier<@Nullable String> storable(@Nullable String text) {
        if (text == null || text.length() <= MAX_WAITING_CHARACTERS || !settings.isOn()) {
            return () -> texts.storable(text);
        }
        String cut = texts.storable(text);
        return () -> cut;
    }

    private List<Long> runningBefore(Actor actor, TurnKey key) {
        long session = Objects.requireNonNull(actor.sessionId());
        return reads.run(() -> {
            long same =
                    rows.find(actor.personaId(), key).map(TurnRows.TurnRow::id).orElse(0L);
            return rows.running(session).stream().filter(id -> id != same).toList();
        });
    }

    /** Notes what the model has said last in a turn, which has ended. */
    public void recordAnswer(Actor actor, TurnKey key, @Nullable String folder, String answer) {
        Instant now = clock.instant();
        Supplier<@Nullable String> storable = storable(answer);
        record(() -> {
            String said = storable.get();
            writing.store(turn(actor, key, folder, now, now), body -> said == null ? body : body.answer(said));
        });
    }

    /**
     * Notes what a compaction leaves of a conversation, in the place of what was noted of that turn's compaction before.
     *
     * @param asked what a person wants it to keep; null for nothing
     * @param text gives what is left, which may take a while; null for nothing
     */
    public void recordHandover(
            Actor actor,
            TurnKey key,
            @Nullable String folder,
            @Nullable String asked,
            Supplier<@Nullable String> text) {
        handOver(actor, key, folder, storable(asked), () -> texts.storable(text.get()));
    }

    /** Notes the summary that a compaction leaves of a conversation, in the place of what was noted of it before. */
    public void recordSummary(Actor actor, TurnKey key, @Nullable String folder, String summary) {
        handOver(actor, key, folder, () -> null, storable(summary));
    }

    private void handOver(
            Actor actor,
            TurnKey key,
            @Nullable String folder,
            Supplier<@Nullable String> storableAsked,
            Supplier<@Nullable String> storableText) {
        Instant now = clock.instant();
        record(() -> {
            String wanted = storableAsked.get();
            String left = storableText.get();
            writing.store(
                    turn(actor, key.ofHandover(), folder, now, now),
                    body -> new TurnBody(wanted == null ? body.prompt() : wanted, left == null ? body.answer() : left));
        });
    }

    /**
     * Returns once everything that was reported before is written, so that who reads next reads that too; after half a minute
     * at the latest.
     */
    void flush() {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (background.isShutdown()) {
            return;
        }
        background.execute(() -> written.complete(null));
        written.completeOnTimeout(null, FLUSH_SECONDS, TimeUnit.SECONDS).join();
    }

    private NewTurn turn(Actor actor, TurnKey key, @Nullable String folder, Instant at, @Nullable Instant endedAt) {
        return new NewTurn(
                new TurnOwner(actor.personaId(), actor.persona(), actor.sessionId(), folder),
                key,
                TurnBody.EMPTY,
                at,
                endedAt,
                settings.capture() == CaptureSettings.Capture.TEAM);
    }

    private void record(Runnable report) {
        if (settings.isOn() && !background.isShutdown()) {
            background.execute(() -> {
                try {
                    report.run();
                } catch (RuntimeException | LinkageError e) {
                    LOG.warn("a turn could not be kept", e);
                }
            });
        }
    }

    /** Writes what waits, and takes nothing more. */
    @Override
    public void destroy() {
        background.shutdown();
        boolean interrupted = false;
        while (!background.isTerminated()) {
            try {
                background.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
