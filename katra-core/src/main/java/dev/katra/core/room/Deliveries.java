package dev.katra.core.room;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who has which message: one row per message and addressee. Its key has two columns, so this is plain SQL. */
@Component
class Deliveries {

    private static final String HEARD = """
            SELECT m.id, p.name, p.human, m.to_room, m.text, m.created_at, d.offers
            FROM delivery d JOIN message m ON m.id = d.message_id JOIN persona p ON p.id = m.persona_id
            """;

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void addressRoom(long messageId, long senderId) {
        jdbc.sql("INSERT INTO delivery (persona_id, message_id) SELECT id, :message FROM persona WHERE id <> :sender")
                .param("message", messageId)
                .param("sender", senderId)
                .update();
    }

    void address(long messageId, long personaId) {
        jdbc.sql("INSERT INTO delivery (persona_id, message_id) VALUES (:persona, :message)")
                .param("persona", personaId)
                .param("message", messageId)
                .update();
    }

    List<Long> addressees(long messageId) {
        return jdbc.sql("SELECT persona_id FROM delivery WHERE message_id = :message ORDER BY persona_id")
                .param("message", messageId)
                .query(Long.class)
                .list();
    }

    /** The oldest that are not received, offered or not. */
    List<HeardMessage> inbox(long personaId, int limit) {
        return jdbc.sql(HEARD
                        + "WHERE d.persona_id = :persona AND d.received_at IS NULL ORDER BY d.message_id LIMIT :limit")
                .param("persona", personaId)
                .param("limit", limit)
                .query(heard(1))
                .list();
    }

    /** What this call was given already. */
    List<HeardMessage> offeredTo(long sessionId, String callId) {
        return jdbc.sql(HEARD + "WHERE d.offered_session = :session AND d.offered_call = :call ORDER BY d.message_id")
                .param("session", sessionId)
                .param("call", callId)
                .query(heard(2))
                .list();
    }

    int unread(long personaId) {
        return jdbc.sql("SELECT count(*) FROM delivery WHERE persona_id = :persona AND received_at IS NULL")
                .param("persona", personaId)
                .query(Integer.class)
                .single();
    }

    Map<Long, Integer> unread() {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("SELECT persona_id, count(*) FROM delivery WHERE received_at IS NULL GROUP BY persona_id")
                .query((row, n) -> counts.put(row.getLong(1), row.getInt(2)))
                .list();
        return counts;
    }

    void offered(long personaId, Collection<Long> numbers, @Nullable Long session, @Nullable String call, Instant at) {
        jdbc.sql("""
                        UPDATE delivery SET offers = offers + 1, offered_at = :at, offered_session = :session,
                            offered_call = :call
                        WHERE persona_id = :persona AND message_id IN (:numbers) AND received_at IS NULL""")
                .param("at", at.toEpochMilli())
                .param("session", session)
                .param("call", call)
                .param("persona", personaId)
                .param("numbers", numbers)
                .update();
    }

    int receivedBySession(long personaId, long session, Instant at) {
        return jdbc.sql("""
                        UPDATE delivery SET received_at = :at
                        WHERE persona_id = :persona AND received_at IS NULL AND offered_session = :session""")
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("session", session)
                .update();
    }

    int received(long personaId, Collection<Long> numbers, Instant at) {
        return jdbc.sql("""
                        UPDATE delivery SET received_at = :at
                        WHERE persona_id = :persona AND received_at IS NULL AND message_id IN (:numbers)""")
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("numbers", numbers)
                .update();
    }

    private static RowMapper<HeardMessage> heard(int offersOfARedelivery) {
        return (row, n) -> new HeardMessage(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7) >= offersOfARedelivery);
    }
}
