package dev.katra.core.room.sqlite;

import dev.katra.core.persona.Persona;
import dev.katra.core.room.MessageHistory;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.room.PastMessage.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds past messages in tables of SQLite. */
@Component
class SqliteMessageHistory implements MessageHistory {

    /** The query for a thread: up to the message that answers none, then down to all its answers. */
    static final String THREAD = """
            WITH RECURSIVE up (id, reply_to) AS (
                SELECT id, reply_to FROM message WHERE id = :thread
                UNION SELECT m.id, m.reply_to FROM message m JOIN up ON m.id = up.reply_to
            ), down (id) AS (
                SELECT id FROM up WHERE reply_to IS NULL
                UNION SELECT m.id FROM message m JOIN down ON m.reply_to = down.id
            ) SELECT id FROM down""";

    private static final String WITH = """
            (m.persona_id = :with OR EXISTS (
                SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.persona_id = :with))""";

    private static final String SEEN = """
            (m.to_room OR m.persona_id = :viewer OR EXISTS (
                SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.persona_id = :viewer))""";

    private final JdbcClient jdbc;

    SqliteMessageHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the query for the newest messages, newest first. Messages that the viewer may not see are passed over by
     * an index each: for the room, the sender and the addressee.
     */
    static String sql(boolean viewer, boolean with, @Nullable String chosen) {
        String seen = viewer ? " AND " + SEEN : "";
        String from = chosen != null
                ? one("message m", "m.id", "m.id IN (" + chosen + ")" + (with ? " AND " + WITH : "") + seen)
                : with
                        ? either(from(":with", seen), to(":with", seen))
                        : viewer
                                ? either(
                                        one("message m INDEXED BY message_to_room", "m.id", "m.to_room"),
                                        from(":viewer", ""),
                                        to(":viewer", ""))
                                : one("message m", "m.id", "true");
        return """
                SELECT %s, %s, %s FROM message m JOIN persona p ON p.id = m.persona_id
                WHERE m.id IN (%s) ORDER BY m.id DESC LIMIT :limit""".formatted(MessageColumns.MESSAGE, MessageColumns.SENDER, MessageColumns.SAID, from);
    }

    private static String from(String persona, String seen) {
        return one("message m", "m.id", "m.persona_id = " + persona + seen);
    }

    private static String to(String persona, String seen) {
        return one(
                "delivery r" + (seen.isEmpty() ? "" : " CROSS JOIN message m ON m.id = r.message_id"),
                "r.message_id",
                "r.persona_id = " + persona + seen);
    }

    private static String one(String tables, String id, String where) {
        return "SELECT %2$s AS id FROM %1$s WHERE %2$s < :before AND %3$s ORDER BY %2$s DESC LIMIT :limit"
                .formatted(tables, id, where);
    }

    /** Joins selects that each have an order and a limit of their own. */
    private static String either(String... selects) {
        return Arrays.stream(selects)
                .map(select -> "SELECT id FROM (" + select + ")")
                .collect(Collectors.joining(" UNION ALL "));
    }

    @Override
    public List<PastMessage> find(
            @Nullable Long viewer, @Nullable Persona with, @Nullable Long thread, @Nullable Long before, int limit) {
        return find(viewer, with, thread, before, null, limit);
    }

    private List<PastMessage> find(
            @Nullable Long viewer,
            @Nullable Persona with,
            @Nullable Long thread,
            @Nullable Long before,
            @Nullable Collection<Long> numbers,
            int limit) {
        String chosen = thread != null ? THREAD : numbers != null ? ":numbers" : null;
        JdbcClient.StatementSpec query = jdbc.sql(sql(viewer != null, with != null, chosen))
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit);
        if (viewer != null) {
            query = query.param("viewer", viewer);
        }
        if (thread != null) {
            query = query.param("thread", thread);
        }
        if (numbers != null) {
            query = query.param("numbers", numbers);
        }
        if (with != null) {
            query = query.param("with", with.id());
        }
        List<PastMessage> found =
                new ArrayList<>(query.query((row, n) -> pastMessage(row)).list());
        Collections.reverse(found);
        Map<Long, List<Receipt>> receipts =
                receipts(found.stream().map(PastMessage::number).toList());
        return found.stream()
                .map(m -> m.receipts(receipts.getOrDefault(m.number(), List.of())))
                .toList();
    }

    private static PastMessage pastMessage(ResultSet row) throws SQLException {
        return new PastMessage(
                row.getLong("id"),
                MessageColumns.sender(row),
                row.getBoolean("to_room"),
                MessageColumns.said(row),
                List.of());
    }

    @Override
    public List<PastMessage> findByNumbers(Collection<Long> numbers, @Nullable Long viewer, @Nullable Persona with) {
        return numbers.isEmpty() ? List.of() : find(viewer, with, null, null, numbers, numbers.size());
    }

    private Map<Long, List<Receipt>> receipts(List<Long> numbers) {
        Map<Long, List<Receipt>> receipts = new HashMap<>();
        if (numbers.isEmpty()) {
            return receipts;
        }
        jdbc.sql("""
                        SELECT d.message_id, p.name, d.offers, d.received_at
                        FROM delivery d JOIN persona p ON p.id = d.persona_id
                        WHERE d.message_id IN (:numbers) ORDER BY d.message_id, p.id""")
                .param("numbers", numbers)
                .query((row, n) -> {
                    Delivery delivery = row.getObject("received_at") != null
                            ? Delivery.RECEIVED
                            : row.getInt("offers") > 0 ? Delivery.OFFERED : Delivery.QUEUED;
                    return receipts.computeIfAbsent(row.getLong("message_id"), id -> new ArrayList<>())
                            .add(new Receipt(row.getString("name"), delivery));
                })
                .list();
        return receipts;
    }
}
