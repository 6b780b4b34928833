package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.CandidateRow;
import dev.katra.core.memory.CandidateRows;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryRowFilter;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads candidates from the table of SQLite that holds memories. */
@Component
class SqliteCandidateRows implements CandidateRows {

    /** The query for candidates. It selects no more than is needed: every column of every candidate costs. */
    private static final String ROW = """
            SELECT m.id, m.persona_id, m.importance, coalesce(m.confirmed_at, m.created_at) AS said_at, m.previous_id,
                m.superseded_by, m.confirmations, m.tags,
                max(coalesce(m.confirmed_at, m.created_at), coalesce(u.found_at, 0), coalesce(u.reviewed_at, 0)) AS used_at
            FROM memory m LEFT JOIN memory_use u ON u.memory_id = m.id
            WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL
            """;

    private final JdbcClient jdbc;

    SqliteCandidateRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CandidateRow> find(Collection<Long> numbers, MemoryRowFilter filter) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(numbers.toString())); // a JSON array
        String sql = ROW + condition(filter, values);
        List<CandidateRow> rows = new ArrayList<>(numbers.size());
        jdbc.sql(sql).params(values).query(row -> {
            if (!filter.hasTags() || filter.acceptsTags(TagColumn.of(row.getString("tags")))) {
                rows.add(row(row));
            }
        });
        return rows;
    }

    /**
     * Returns the end of an SQL condition that a memory must fulfil, but for its tags; appends the values of its
     * parameters to the list.
     */
    private static String condition(MemoryRowFilter asked, List<Object> values) {
        StringBuilder where = new StringBuilder(" AND (m.scope = 'TEAM' OR m.persona_id = ?)");
        values.add(asked.viewer());
        Long author = asked.author();
        if (author != null) {
            where.append(" AND m.persona_id = ?");
            values.add(author);
        }
        MemoryFilter filter = asked.filter();
        MemoryKind kind = filter.kind();
        if (kind != null) {
            where.append(" AND m.kind = ?");
            values.add(kind.name());
        }
        MemoryScope scope = filter.scope();
        if (scope != null) {
            where.append(" AND m.scope = ?");
            values.add(scope.name());
        }
        Instant since = filter.since();
        if (since != null) {
            where.append(" AND m.created_at >= ?");
            values.add(millis(since));
        }
        return where.toString();
    }

    /**
     * Returns the instant in epoch milliseconds, as memories store their times; an instant out of range becomes the
     * nearest limit.
     */
    private static long millis(Instant since) {
        return since.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
                ? Long.MIN_VALUE
                : since.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : since.toEpochMilli();
    }

    @Override
    public List<Long> newest(long before, int most) {
        return jdbc.sql("SELECT id FROM memory WHERE id < ? ORDER BY id DESC LIMIT ?")
                .params(List.of(before, most))
                .query(Long.class)
                .list();
    }

    private static CandidateRow row(ResultSet row) throws SQLException {
        return new CandidateRow(
                row.getLong("id"),
                row.getLong("persona_id"),
                row.getInt("importance"),
                new CandidateRow.Times(Columns.instant(row, "said_at"), Columns.instant(row, "used_at")),
                Columns.nullableNumber(row, "previous_id"),
                Columns.nullableNumber(row, "superseded_by"),
                row.getInt("confirmations"));
    }
}
