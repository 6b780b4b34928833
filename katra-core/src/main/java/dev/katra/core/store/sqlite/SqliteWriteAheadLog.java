package dev.katra.core.store.sqlite;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.store.WriteAheadLog;
import dev.katra.core.store.Writes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Manages the file {@code -wal} that SQLite has beside the database. */
final class SqliteWriteAheadLog implements WriteAheadLog {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriteAheadLog.class);

    /** The longest time for which a log that was removed waits for the write that runs. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PATIENCE_MILLIS = 20; // who writes waits meanwhile
    private static final int LAST_PATIENCE_MILLIS = 5_000;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final JdbcOperations jdbc;
    private final Writes writes;
    private final Path file;
    private final Duration patience;

    SqliteWriteAheadLog(JdbcOperations jdbc, Writes writes, KatraHome home) {
        this(jdbc, writes, home, PATIENCE);
    }

    SqliteWriteAheadLog(JdbcOperations jdbc, Writes writes, KatraHome home, Duration patience) {
        this.patience = patience;
        this.file = Path.of(home.database() + "-wal");
        this.jdbc = jdbc;
        this.writes = writes;
    }

    @Override
    public void emptyAfterCommit() {
        writes.afterCommit(() -> {
            if (!empty(PATIENCE_MILLIS)) {
                LATER.execute(this::again);
            }
        });
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public State rescueIfDeleted(Failure refusal) {
        if (Files.exists(file)) {
            return State.PRESENT;
        }
        AtomicReference<@Nullable State> state = new AtomicReference<>();
        boolean answered = writes.submit(() -> {
                    writes.afterCommit(() -> state.set(rescued(refusal)));
                    return true;
                })
                .handle((done, failure) -> {
                    if (failure != null) {
                        LOG.error("the log {} could not be saved", file, failure);
                    }
                    return true;
                })
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        State found = state.get();
        if (found != null || Files.exists(file)) {
            return found == null ? State.PRESENT : found;
        }
        if (!answered) {
            LOG.error(
                    "the log {} was removed and is not saved, for a write has not ended within {} s; nothing more is"
                            + " written. Look whether the disk answers (katra doctor); the next command starts another"
                            + " server",
                    file,
                    patience.toSeconds());
        }
        writes.refuse(refusal, answered ? patience : Duration.ZERO);
        return State.LOST;
    }

    /**
     * Rescues the content of a deleted log. It runs on the writer's thread, so that no write is acknowledged meanwhile
     * that is not in the database.
     */
    private State rescued(Failure refusal) {
        if (Files.exists(file)) {
            return State.PRESENT;
        }
        writes.refuse(refusal);
        try {
            return empty(LAST_PATIENCE_MILLIS) ? State.SAVED : State.LOST;
        } catch (RuntimeException e) {
            LOG.error("the log {} could not be saved", file, e);
            return State.LOST;
        }
    }

    private void again() {
        try {
            writes.run(() -> {
                emptyAfterCommit();
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("the log is emptied when the store is closed", e);
        }
    }

    /**
     * Empties the log; returns false if a reader is in the way. The statements are not prepared: SQLite obeys these
     * pragmas when it compiles them, and not again.
     */
    private boolean empty(int patienceMillis) {
        int usual = number("PRAGMA busy_timeout");
        try {
            number("PRAGMA busy_timeout = " + patienceMillis);
            return number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        } finally {
            number("PRAGMA busy_timeout = " + usual);
        }
    }

    private int number(String pragma) {
        return Objects.requireNonNull(jdbc.query(pragma, (ResultSetExtractor<Integer>) row -> {
            row.next();
            return row.getInt(1);
        }));
    }
}
