package dev.katra.core.wake.sqlite;

import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.wake.AutomaticTurns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores automatic turns in a table of SQLite. */
@Component
class SqliteAutomaticTurns implements AutomaticTurns {

    private static final String SINCE = """
            SELECT session_id, started_at FROM automatic_turn
            WHERE session_id IN (SELECT value FROM json_each(?)) AND started_at > ? ORDER BY started_at""";

    private final JdbcClient jdbc;

    SqliteAutomaticTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<Long, List<Instant>> startedSince(Collection<Long> sessions, Instant since) {
        Map<Long, List<Instant>> started = new HashMap<>();
        jdbc.sql(SINCE)
                .param(sessions.toString()) // a JSON array
                .param(since.toEpochMilli())
                .query(row -> {
                    started.computeIfAbsent(row.getLong("session_id"), session -> new ArrayList<>())
                            .add(Columns.instant(row, "started_at"));
                });
        return started;
    }

    @Override
    public void add(long session, Instant at) {
        jdbc.sql("INSERT INTO automatic_turn (session_id, started_at) VALUES (:session, :at)")
                .param("session", session)
                .param("at", at.toEpochMilli())
                .update();
    }

    @Override
    public boolean removeLatest(long session) {
        return jdbc.sql("""
                                DELETE FROM automatic_turn WHERE id = (
                                    SELECT id FROM automatic_turn WHERE session_id = :session
                                    ORDER BY id DESC LIMIT 1)""").param("session", session).update() > 0;
    }

    @Override
    public int clear(long session, int most) {
        return jdbc.sql("""
                        DELETE FROM automatic_turn WHERE id IN (
                            SELECT id FROM automatic_turn WHERE session_id = :session LIMIT :most)""").param("session", session).param("most", most).update();
    }
}
