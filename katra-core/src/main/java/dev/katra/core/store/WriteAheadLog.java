package dev.katra.core.store;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Manages SQLite's write-ahead log beside the database, also if its file is deleted while it is open. */
public final class WriteAheadLog {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
    private static final int PATIENCE_MILLIS = 20; // who writes waits meanwhile
    private static final int LAST_PATIENCE_MILLIS = 5_000;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final JdbcOperations jdbc;
    private final Writes writes;
    private final Path file;

    /** The states of the log. */
    public enum State {
        /** Its file is in its place, or is there again. */
        PRESENT,
        /** Its file was removed. All that was acknowledged is in the database, and nothing is written any more. */
        SAVED,
        /** Its file was removed, and not all of it is in the database. Nothing is written any more. */
        LOST
    }

    WriteAheadLog(JdbcOperations jdbc, Writes writes, KatraHome home) {
        this.file = Path.of(home.database() + "-wal");
        this.jdbc = jdbc;
        this.writes = writes;
    }

    /**
     * Empties the log after the commit, before the caller is answered; or later, if somebody reads for long. Must be
     * called inside a write.
     */
    public void emptyAfterCommit() {
        writes.afterCommit(() -> {
            if (!empty(PATIENCE_MILLIS)) {
                LATER.execute(this::again);
            }
        });
    }

    /** Returns the path of the log, which is beside the database. */
    public Path file() {
        return file;
    }

    /**
     * Checks whether the log that the writer has open was deleted; nobody will ever read what is written to such a log.
     * If so, it refuses all further writes, and then moves the log's content into the database. A log that SQLite
     * itself had closed is made anew.
     */
    public State rescueIfDeleted(Failure refusal) {
        if (Files.exists(file)) {
            return State.PRESENT;
        }
        AtomicReference<@Nullable State> state = new AtomicReference<>();
        try {
            writes.run(() -> {
                writes.afterCommit(() -> state.set(rescued(refusal)));
                return true;
            });
        } catch (RuntimeException e) {
            LOG.error("the log {} could not be saved", file, e);
        }
        State found = state.get();
        if (found != null || Files.exists(file)) {
            return found == null ? State.PRESENT : found;
        }
        writes.refuse(refusal);
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
