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
 * Stores the deliveries that are not confirmed: what sessions were given and have not yet proved to have received.
 * There is one row per message and delivery key, which is the id of a tool call or of a prompt. The key of the table
 * has three columns, so this is plain SQL.
 */
@Component
class UnconfirmedDeliveries {

    static final String OPEN = "SELECT EXISTS (SELECT 1 FROM offer WHERE session_id = :session AND through = :through)";
    static final String GIVEN =
            "SELECT message_id, redelivered FROM offer WHERE session_id = :session AND through = :through";

    private final JdbcClient jdbc;

    UnconfirmedDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean open(long session, Collection<String> through) {
        return through.stream().anyMatch(way -> jdbc.sql(OPEN)
                .param("session", session)
                .param("through", way)
                .query(Boolean.class)
                .single());
    }

    /**
     * Returns the numbers of the messages that were given under this delivery key, each with whether it was redelivered
     * then.
     */
    Map<Long, Boolean> givenUnder(long session, String through) {
        Map<Long, Boolean> given = new TreeMap<>();
        jdbc.sql(GIVEN)
                .param("session", session)
                .param("through", through)
                .query((row, n) -> given.put(row.getLong("message_id"), row.getBoolean("redelivered")))
                .list();
        return given;
    }

    void add(long session, String through, List<InboxMessage> messages) {
        for (InboxMessage message : messages) {
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

    /**
     * Withdraws the deliveries under these keys, so that their messages are given again. Must be called inside a write.
     */
    void withdraw(long session, Collection<String> through) {
        through.forEach(way -> jdbc.sql("DELETE FROM offer WHERE session_id = :session AND through = :through")
                .param("session", session)
                .param("through", way)
                .update());
    }

    /**
     * Marks the messages given under these keys as received by the persona, and removes the rows. Must be called inside
     * a write.
     */
    void confirm(long personaId, long session, Collection<String> through, Instant at) {
        Set<Long> numbers = new HashSet<>();
        through.forEach(way -> numbers.addAll(givenUnder(session, way).keySet()));
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

    /**
     * Removes up to {@code atOnce} rows of ended sessions and returns how many; the messages stay in the inboxes. Must
     * be called inside a write.
     */
    int deleteOfEndedSessions(int atOnce) {
        return jdbc.sql("""
                        DELETE FROM offer WHERE (session_id, through, message_id) IN (
                            SELECT session_id, through, message_id FROM offer WHERE session_id IN (
                                SELECT id FROM session WHERE ended_at IS NOT NULL) LIMIT ?)""").param(atOnce).update();
    }
}
