package dev.katra.core.store;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;

/** SQLite's log beside the database, which has what was written before it was deleted. */
public final class WriteAheadLog {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
    private static final int PATIENCE_MILLIS = 100;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final JdbcOperations jdbc;
    private final Writes writes;

    WriteAheadLog(JdbcOperations jdbc, Writes writes) {
        this.jdbc = jdbc;
        this.writes = writes;
    }

    /**
     * Inside a write: has the log emptied after the commit, before the caller is answered; or later, if somebody reads
     * for long.
     */
    public void emptyAfterCommit() {
        writes.afterCommit(() -> {
            if (!empty()) {
                LATER.execute(this::again);
            }
        });
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

    /** Statements that are not prepared: SQLite obeys these pragmas when it compiles them, and not again. */
    private boolean empty() {
        int usual = number("PRAGMA busy_timeout");
        try {
            number("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
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
