package dev.katra.core.turn.sqlite;

import dev.katra.core.search.sqlite.SearchableRows;
import dev.katra.core.store.sqlite.Columns;
import dev.katra.core.turn.TurnTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the texts of turns from tables of SQLite. */
@Component
class SqliteTurnTexts implements TurnTexts {

    private static final String ENDED = """
            SELECT t.id, t.prompt, t.answer, p.name, t.persona_id, t.begun_at, t.team
            FROM turn t JOIN persona p ON p.id = t.persona_id
            WHERE t.ended_at IS NOT NULL AND\s""";

    private final JdbcClient jdbc;

    SqliteTurnTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM turn")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        return Objects.requireNonNull(jdbc.sql(ENDED + "t.id > ? AND t.id <= ? ORDER BY t.id LIMIT ?")
                .params(List.of(after, last, most))
                .query(SearchableRows.untilLong((row, n) -> row(row))));
    }

    @Override
    public List<Row> rows(Collection<Long> numbers) {
        return jdbc.sql(ENDED + "t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id")
                .param(numbers.toString()) // a JSON array
                .query((row, n) -> row(row))
                .list();
    }

    @Override
    public Optional<Row> row(long id) {
        return jdbc.sql(ENDED + "t.id = ?")
                .param(id)
                .query((row, n) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                TurnTexts.text(
                        TurnColumns.body(row),
                        row.getString("name"),
                        row.getLong("persona_id"),
                        Columns.instant(row, "begun_at"),
                        row.getBoolean("team")));
    }
}
