package dev.katra.core.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** SQLite's log beside the database, which has what was written before it was deleted. */
public final class WriteAheadLog {

    private static final Logger LOG = LoggerFactory.getLogger(WriteAheadLog.class);
    private static final int PATIENCE_MILLIS = 100;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    private final JdbcClient jdbc;
    private final Writes writes;

    WriteAheadLog(JdbcClient jdbc, Writes writes) {
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

    private boolean empty() {
        int usual = jdbc.sql("PRAGMA busy_timeout").query(Integer.class).single();
        try {
            set(PATIENCE_MILLIS);
            return jdbc.sql("PRAGMA wal_checkpoint(TRUNCATE)")
                            .query((row, n) -> row.getInt(1))
                            .single()
                    == 0;
        } finally {
            set(usual);
        }
    }

    private void set(int busyMillis) {
        jdbc.sql("PRAGMA busy_timeout = " + busyMillis).query(Integer.class).single();
    }
}
