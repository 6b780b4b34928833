package dev.katra.core.room;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What sessions were handed and have not yet proved to have received: one row per message and way, which is the id of a
 * tool call or of a prompt. Its key has three columns, so this is plain SQL.
 */
@Component
class Offers {

    static final String OPEN = "SELECT EXISTS (SELECT 1 FROM offer WHERE session_id = :session AND through = :through)";
    static final String GIVEN =
            "SELECT message_id, redelivered FROM offer WHERE session_id = :session AND through = :through";

    private final JdbcClient jdbc;

    Offers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean open(long session, Collection<String> through) {
        return through.stream().anyMatch(way -> jdbc.sql(OPEN)
                .param("session", session)
                .param("through", way)
                .query(Boolean.class)
                .single());
    }

    /** The numbers of what was given that way, each with whether it was given again then. */
    Map<Long, Boolean> given(long session, String through) {
        Map<Long, Boolean> given = new TreeMap<>();
        jdbc.sql(GIVEN)
                .param("session", session)
                .param("through", through)
                .query((row, n) -> given.put(row.getLong(1), row.getBoolean(2)))
                .list();
        return given;
    }

    void add(long session, String through, List<HeardMessage> messages) {
        for (HeardMessage message : messages) {
            jdbc.sql("""
                            INSERT OR IGNORE INTO offer (session_id, through, message_id, redelivered)
                            VALUES (:session, :through, :message, :redelivered)""")
                    .param("session", session)
                    .param("through", through)
                    .param("message", message.number())
                    .param("redelivered", message.redelivered() ? 1 : 0)
                    .update();
        }
    }

    /** Takes the offers back; what was in them is as undelivered as before. */
    void withdraw(long session, Collection<String> through) {
        through.forEach(way -> jdbc.sql("DELETE FROM offer WHERE session_id = :session AND through = :through")
                .param("session", session)
                .param("through", way)
                .update());
    }

    /** Marks what was in the offers as received by the persona, and forgets them. */
    void received(long personaId, long session, Collection<String> through, Instant at) {
        Set<Long> numbers = new HashSet<>();
        through.forEach(way -> numbers.addAll(given(session, way).keySet()));
        if (numbers.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        UPDATE delivery SET received_at = :at
                        WHERE persona_id = :persona AND received_at IS NULL AND message_id IN (:numbers)""")
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("numbers", numbers)
                .update();
        withdraw(session, through);
    }

    /** Forgets what ended sessions have not proved to have received; it stays in their personas' inboxes. */
    int forgetOfEnded() {
        return jdbc.sql("""
                        DELETE FROM offer WHERE session_id IN (
                            SELECT id FROM session WHERE ended_at IS NOT NULL)""").update();
    }
}
