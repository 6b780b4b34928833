package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryTexts;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.sqlite.SearchableRows;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the texts of memories from tables of SQLite. */
@Component
class SqliteMemoryTexts implements MemoryTexts {

    private static final String INDEXED = "SELECT m.id, p.name, m.persona_id, m.created_at, " + MemoryColumns.BODY
            + " FROM memory m JOIN persona p ON p.id = m.persona_id ";

    private final JdbcClient jdbc;

    SqliteMemoryTexts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long highestId() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM memory")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        return Objects.requireNonNull(
                jdbc.sql(INDEXED + "WHERE m.id > ? AND m.id <= ? AND m.forgotten_at IS NULL ORDER BY m.id LIMIT ?")
                        .params(List.of(after, last, most))
                        .query(SearchableRows.untilLong((row, n) -> row(row))));
    }

    @Override
    public Optional<Row> row(long number) {
        return jdbc.sql(INDEXED + "WHERE m.id = ? AND m.forgotten_at IS NULL")
                .param(number)
                .query((row, n) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                MemoryTexts.text(
                        MemoryColumns.body(row),
                        row.getString("name"),
                        row.getLong("persona_id"),
                        Columns.instant(row, "created_at")));
    }

    @Override
    public List<TermVector> termVectors(Collection<Long> numbers) {
        return jdbc.sql(
                        "SELECT id, terms FROM memory WHERE id IN (SELECT value FROM json_each(?)) AND terms IS NOT NULL")
                .param(numbers.toString()) // a JSON array
                .query((row, n) -> TermVector.decode(row.getLong("id"), row.getBytes("terms")))
                .list();
    }

    @Override
    public void storeTerms(long number, @Nullable TermVector terms) {
        jdbc.sql("UPDATE memory SET terms = ? WHERE id = ?")
                .param(terms == null ? null : terms.encode())
                .param(number)
                .update();
    }

    @Override
    public void storeMissingHash(long number) {
        jdbc.sql("SELECT m.persona_id, " + MemoryColumns.BODY + """
                         FROM memory m
                        WHERE m.id = ? AND m.content_hash IS NULL AND m.superseded_by IS NULL AND m.forgotten_at IS NULL""")
                .param(number)
                .query((row, n) -> hashes(MemoryColumns.body(row), row.getLong("persona_id")))
                .optional()
                .ifPresent(
                        hashes -> jdbc.sql("UPDATE OR IGNORE memory SET content_hash = ?, same_hash = ? WHERE id = ?")
                                .params(hashes)
                                .param(number)
                                .update());
    }

    private static List<String> hashes(MemoryBody body, long personaId) {
        return List.of(body.contentHash(personaId), body.sameHash(personaId));
    }
}
