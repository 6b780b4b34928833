package dev.katra.core.room.sqlite;

import dev.katra.core.room.MessageTexts;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.sqlite.SearchableRows;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the texts of messages from tables of SQLite. */
@Component
class SqliteMessageTexts implements MessageTexts {

    private static final String INDEXED = """
            SELECT m.id, m.text, p.name, m.persona_id, m.created_at, CASE WHEN m.to_room THEN NULL ELSE coalesce((
                SELECT group_concat(d.persona_id) FROM delivery d WHERE d.message_id = m.id), '') END AS addressees
            FROM message m JOIN persona p ON p.id = m.persona_id
            """;

    private final JdbcClient jdbc;

    SqliteMessageTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM message")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        return Objects.requireNonNull(jdbc.sql(INDEXED + "WHERE m.id > ? AND m.id <= ? ORDER BY m.id LIMIT ?")
                .params(List.of(after, last, most))
                .query(SearchableRows.untilLong((row, n) -> row(row))));
    }

    @Override
    public List<Row> rows(Collection<Long> numbers) {
        return jdbc.sql(INDEXED + "WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id")
                .param(numbers.toString()) // a JSON array
                .query((row, n) -> row(row))
                .list();
    }

    @Override
    public Optional<Row> row(long id) {
        return jdbc.sql(INDEXED + "WHERE m.id = ?")
                .param(id)
                .query((row, n) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong("id"), text(row));
    }

    private static IndexedText text(ResultSet row) throws SQLException {
        String text = row.getString("text");
        String author = row.getString("name");
        long personaId = row.getLong("persona_id");
        Instant at = Columns.instant(row, "created_at");
        String addressees = row.getString("addressees");
        return addressees == null
                ? MessageTexts.toRoom(text, author, personaId, at)
                : MessageTexts.toNamed(text, author, personaId, at, numbers(addressees));
    }

    private static List<Long> numbers(String list) {
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",", -1)).map(Long::valueOf).toList();
    }
}
