package dev.katra.core.room.sqlite;

import dev.katra.core.room.Deliveries;
import dev.katra.core.room.InboxMessage;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores deliveries in a table of SQLite. Its key has two columns, so this is plain SQL. */
@Component
class SqliteDeliveries implements Deliveries {

    /** The SQL condition that a persona p is here; {@code SqlitePersonas} decides it in the same way. */
    static final String IS_HERE = """
            ((p.here_at IS NOT NULL AND p.retired_at IS NULL)
                OR EXISTS (SELECT 1 FROM session s WHERE s.persona_id = p.id AND s.ended_at IS NULL))""";

    private static final String HEARD =
            """
            SELECT %s, %s, %s, d.offers
            FROM delivery d JOIN message m ON m.id = d.message_id JOIN persona p ON p.id = m.persona_id
            """.formatted(MessageColumns.MESSAGE, MessageColumns.SENDER, MessageColumns.SAID);

    // Named, since SQLite prefers the primary key, and with it walks over all that was ever received.
    private static final String UNRECEIVED = "INDEXED BY delivery_inbox";

    static final String INBOX = HEARD.replace("delivery d", "delivery d " + UNRECEIVED)
            + "WHERE d.persona_id = :persona AND d.received_at IS NULL ORDER BY d.message_id LIMIT :limit";
    static final String UNRECEIVED_OF_KIND = "SELECT d.message_id FROM delivery d " + UNRECEIVED + """
             JOIN message m ON m.id = d.message_id
            WHERE d.persona_id = :persona AND d.received_at IS NULL AND m.to_room = :room
            ORDER BY d.message_id LIMIT :limit""";
    static final String UNREAD = "SELECT coalesce((SELECT unread FROM inbox WHERE persona_id = :persona), 0)";
    static final String UNREAD_BESIDES = UNREAD + """
             - (SELECT count(*) FROM delivery
                WHERE persona_id = :persona AND message_id IN (:numbers) AND received_at IS NULL)""";
    static final String UNREAD_OF_ALL = "SELECT persona_id, unread FROM inbox WHERE unread > 0";
    static final String GIVEN =
            HEARD + "WHERE d.persona_id = :persona AND d.message_id IN (:numbers) ORDER BY d.message_id";
    static final String WAKING =
            "SELECT EXISTS (SELECT 1 FROM inbox WHERE persona_id = :persona AND (direct > 0 OR (:all AND unread > 0)))";
    static final String WAKING_AFTER = "SELECT EXISTS (SELECT 1 FROM delivery d " + UNRECEIVED + """
             JOIN message m ON m.id = d.message_id
            WHERE d.persona_id = :persona AND d.received_at IS NULL AND (:all OR NOT m.to_room)
                AND d.message_id > :after)""";
    static final String OLDEST = "SELECT min(message_id) AS number FROM delivery " + UNRECEIVED
            + " WHERE persona_id = :persona AND received_at IS NULL";
    static final String NEWEST = OLDEST.replace("min(", "max(");
    static final String RECEIVED_UP_TO = "UPDATE delivery " + UNRECEIVED + """
             SET received_at = :at
            WHERE persona_id = :persona AND received_at IS NULL AND offers > 0 AND message_id <= :last""";

    private final JdbcClient jdbc;

    SqliteDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void addressRoom(long messageId, long senderId) {
        jdbc.sql("""
                        INSERT INTO delivery (persona_id, message_id) SELECT p.id, :message FROM persona p
                        WHERE p.id <> :sender AND\s""" + IS_HERE)
                .param("message", messageId)
                .param("sender", senderId)
                .update();
    }

    @Override
    public void address(long messageId, long personaId) {
        jdbc.sql("INSERT INTO delivery (persona_id, message_id) VALUES (:persona, :message)")
                .param("persona", personaId)
                .param("message", messageId)
                .update();
    }

    @Override
    public Map<Long, String> addressees(long messageId) {
        Map<Long, String> names = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT p.id, p.name FROM delivery d JOIN persona p ON p.id = d.persona_id
                        WHERE d.message_id = :message ORDER BY p.id""")
                .param("message", messageId)
                .query((row, n) -> names.put(row.getLong("id"), row.getString("name")))
                .list();
        return names;
    }

    @Override
    public List<InboxMessage> inbox(long personaId, int limit, int maxBytes, boolean atLeastOne) {
        ResultSetExtractor<List<InboxMessage>> untilFull = rows -> {
            List<InboxMessage> batch = new ArrayList<>();
            int bytes = 0;
            while (rows.next()) {
                InboxMessage message = inboxMessage(rows);
                bytes += message.said().text().getBytes(StandardCharsets.UTF_8).length;
                if (bytes > maxBytes && !(atLeastOne && batch.isEmpty())) {
                    break;
                }
                batch.add(message);
            }
            return batch;
        };
        return withAddressees(Objects.requireNonNull(jdbc.sql(INBOX)
                .param("persona", personaId)
                .param("limit", limit)
                .query(untilFull)));
    }

    @Override
    public List<InboxMessage> givenBefore(long personaId, Map<Long, Boolean> redelivered) {
        if (redelivered.isEmpty()) {
            return List.of();
        }
        List<InboxMessage> given = jdbc.sql(GIVEN)
                .param("persona", personaId)
                .param("numbers", redelivered.keySet())
                .query((row, n) -> inboxMessage(row))
                .list();
        return withAddressees(given.stream()
                .map(m -> m.marked(Boolean.TRUE.equals(redelivered.get(m.number()))))
                .toList());
    }

    @Override
    public boolean hasWakingMail(long personaId, boolean all, long after) {
        return jdbc.sql(after == 0 ? WAKING : WAKING_AFTER)
                .param("persona", personaId)
                .param("all", all)
                .param("after", after)
                .query(Boolean.class)
                .single();
    }

    @Override
    public long oldestUnreceived(long personaId) {
        return number(OLDEST, personaId);
    }

    @Override
    public long newestUnreceived(long personaId) {
        return number(NEWEST, personaId);
    }

    private long number(String sql, long personaId) {
        return Objects.requireNonNullElse(
                jdbc.sql(sql)
                        .param("persona", personaId)
                        .query((row, n) -> row.getLong("number"))
                        .single(),
                0L);
    }

    @Override
    public List<Long> unreceived(long personaId, boolean toRoom, int limit) {
        return jdbc.sql(UNRECEIVED_OF_KIND)
                .param("persona", personaId)
                .param("room", toRoom)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    @Override
    public int unread(long personaId) {
        return jdbc.sql(UNREAD).param("persona", personaId).query(Integer.class).single();
    }

    @Override
    public int unreadBesides(long personaId, Collection<Long> numbers) {
        return jdbc.sql(UNREAD_BESIDES)
                .param("persona", personaId)
                .param("numbers", numbers)
                .query(Integer.class)
                .single();
    }

    @Override
    public Map<Long, Integer> unread() {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql(UNREAD_OF_ALL)
                .query((row, n) -> counts.put(row.getLong("persona_id"), row.getInt("unread")))
                .list();
        return counts;
    }

    @Override
    public void markOffered(long personaId, Collection<Long> numbers, Instant at) {
        jdbc.sql("""
                        UPDATE delivery SET offers = offers + 1, offered_at = :at
                        WHERE persona_id = :persona AND message_id IN (:numbers) AND received_at IS NULL""")
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("numbers", numbers)
                .update();
    }

    @Override
    public int markReceivedUpTo(long personaId, long last, Instant at) {
        return jdbc.sql(RECEIVED_UP_TO)
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("last", last)
                .update();
    }

    @Override
    public int markReceived(long personaId, Collection<Long> numbers, Instant at) {
        return jdbc.sql("""
                        UPDATE delivery SET received_at = :at
                        WHERE persona_id = :persona AND received_at IS NULL AND message_id IN (:numbers)""")
                .param("at", at.toEpochMilli())
                .param("persona", personaId)
                .param("numbers", numbers)
                .update();
    }

    @Override
    public int delete(long personaId, Collection<Long> numbers) {
        return numbers.isEmpty()
                ? 0
                : jdbc.sql("DELETE FROM delivery WHERE persona_id = :persona AND message_id IN (:numbers)")
                        .param("persona", personaId)
                        .param("numbers", numbers)
                        .update();
    }

    private List<InboxMessage> withAddressees(List<InboxMessage> messages) {
        List<Long> direct = messages.stream()
                .filter(m -> !m.toRoom())
                .map(InboxMessage::number)
                .toList();
        if (direct.isEmpty()) {
            return messages;
        }
        Map<Long, List<String>> addressees = new HashMap<>();
        jdbc.sql("""
                        SELECT d.message_id, p.name FROM delivery d JOIN persona p ON p.id = d.persona_id
                        WHERE d.message_id IN (:numbers) ORDER BY d.message_id, p.id""")
                .param("numbers", direct)
                .query((row, n) -> addressees
                        .computeIfAbsent(row.getLong("message_id"), id -> new ArrayList<>())
                        .add(row.getString("name")))
                .list();
        return messages.stream()
                .map(m -> m.toRoom() ? m : m.addressed(Objects.requireNonNull(addressees.get(m.number()))))
                .toList();
    }

    private static InboxMessage inboxMessage(ResultSet row) throws SQLException {
        return new InboxMessage(
                row.getLong("id"),
                MessageColumns.sender(row),
                row.getBoolean("to_room"),
                List.of(),
                MessageColumns.said(row),
                row.getInt("offers") > 0);
    }
}
