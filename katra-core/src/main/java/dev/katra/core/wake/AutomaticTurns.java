package dev.katra.core.wake;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The turns that Katra has started by itself. */
@Component
class AutomaticTurns {

    static final String SINCE = """
            SELECT started_at FROM automatic_turn WHERE session_id = :session AND started_at > :since
            ORDER BY started_at""";

    private final JdbcClient jdbc;

    AutomaticTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When those after this time were started, oldest first. */
    List<Instant> since(long session, Instant since) {
        return jdbc.sql(SINCE)
                .param("session", session)
                .param("since", since.toEpochMilli())
                .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
                .list();
    }

    void add(long session, Instant at) {
        jdbc.sql("INSERT INTO automatic_turn (session_id, started_at) VALUES (:session, :at)")
                .param("session", session)
                .param("at", at.toEpochMilli())
                .update();
    }

    boolean removeLatest(long session) {
        return jdbc.sql("""
                                DELETE FROM automatic_turn WHERE id = (
                                    SELECT id FROM automatic_turn WHERE session_id = :session
                                    ORDER BY id DESC LIMIT 1)""").param("session", session).update() > 0;
    }

    boolean clear(long session) {
        return jdbc.sql("DELETE FROM automatic_turn WHERE session_id = :session")
                        .param("session", session)
                        .update()
                > 0;
    }
}
