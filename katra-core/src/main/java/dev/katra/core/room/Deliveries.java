package dev.katra.core.room;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
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

    // Named, since SQLite prefers the primary key, and with it walks over all that was ever received.
    private static final String UNRECEIVED = "INDEXED BY delivery_inbox";

    static final String INBOX = HEARD.replace("delivery d", "delivery d " + UNRECEIVED)
            + "WHERE d.persona_id = :persona AND d.received_at IS NULL ORDER BY d.message_id LIMIT :limit";
    static final String UNREAD =
            "SELECT count(*) FROM delivery " + UNRECEIVED + " WHERE persona_id = :persona AND received_at IS NULL";
    static final String UNREAD_OF_ALL =
            "SELECT persona_id, count(*) FROM delivery WHERE received_at IS NULL GROUP BY persona_id";
    static final String OFFERED_TO =
            HEARD + "WHERE d.offered_session = :session AND d.offered_call = :call ORDER BY d.message_id";
    static final String RECEIVED_BY_SESSION = "UPDATE delivery " + UNRECEIVED + """
             SET received_at = :at
            WHERE persona_id = :persona AND received_at IS NULL AND offered_session = :session""";

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

    /** The names of those who have or had it in their inbox, by id. */
    Map<Long, String> addressees(long messageId) {
        Map<Long, String> names = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT p.id, p.name FROM delivery d JOIN persona p ON p.id = d.persona_id
                        WHERE d.message_id = :message ORDER BY p.id""")
                .param("message", messageId)
                .query((row, n) -> names.put(row.getLong(1), row.getString(2)))
                .list();
        return names;
    }

    /** The oldest that are not received, offered or not: at least one, then no more text than so many bytes. */
    List<HeardMessage> inbox(long personaId, int limit, int maxBytes) {
        RowMapper<HeardMessage> mapper = heard(1);
        ResultSetExtractor<List<HeardMessage>> untilFull = rows -> {
            List<HeardMessage> batch = new ArrayList<>();
            int bytes = 0;
            while (rows.next()) {
                HeardMessage message = Objects.requireNonNull(mapper.mapRow(rows, batch.size()));
                bytes += message.text().getBytes(StandardCharsets.UTF_8).length;
                if (bytes > maxBytes && !batch.isEmpty()) {
                    break;
                }
                batch.add(message);
            }
            return batch;
        };
        return Objects.requireNonNull(jdbc.sql(INBOX)
                .param("persona", personaId)
                .param("limit", limit)
                .query(untilFull));
    }

    /** What this call was given already. */
    List<HeardMessage> offeredTo(long sessionId, String callId) {
        return jdbc.sql(OFFERED_TO)
                .param("session", sessionId)
                .param("call", callId)
                .query(heard(2))
                .list();
    }

    int unread(long personaId) {
        return jdbc.sql(UNREAD).param("persona", personaId).query(Integer.class).single();
    }

    int unreadBesides(long personaId, Collection<Long> numbers) {
        return jdbc.sql(UNREAD + " AND message_id NOT IN (:numbers)")
                .param("persona", personaId)
                .param("numbers", numbers)
                .query(Integer.class)
                .single();
    }

    Map<Long, Integer> unread() {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql(UNREAD_OF_ALL)
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
        return jdbc.sql(RECEIVED_BY_SESSION)
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
