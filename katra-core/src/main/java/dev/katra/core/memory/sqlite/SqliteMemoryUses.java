package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.MemoryUses;
import dev.katra.core.store.sqlite.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the use of memories in a table of SQLite. */
@Component
class SqliteMemoryUses implements MemoryUses {

    private static final String VALID = """
            SELECT m.id FROM memory m LEFT JOIN memory_use u ON u.memory_id = m.id
            WHERE m.superseded_by IS NULL AND m.forgotten_at IS NULL AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
            """;

    private final JdbcClient jdbc;

    SqliteMemoryUses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void noteFound(long number, Instant at) {
        jdbc.sql("""
                        INSERT INTO memory_use (memory_id, found, first_found_at, found_at)
                        SELECT id, 1, :at, :at FROM memory WHERE id = :id AND forgotten_at IS NULL
                        ON CONFLICT (memory_id) DO UPDATE SET found = found + 1, found_at = excluded.found_at,
                            first_found_at = coalesce(first_found_at, excluded.found_at)
                        WHERE coalesce(found_at, 0) / 86400000 < excluded.found_at / 86400000""").param("id", number).param("at", at.toEpochMilli()).update();
    }

    @Override
    public void noteReviewed(long number, Instant at) {
        jdbc.sql("""
                        INSERT INTO memory_use (memory_id, reviewed_at) VALUES (:id, :at)
                        ON CONFLICT (memory_id) DO UPDATE SET reviewed_at = excluded.reviewed_at""").param("id", number).param("at", at.toEpochMilli()).update();
    }

    @Override
    public Optional<Instant> countedSince() {
        return jdbc.sql("SELECT min(first_found_at) AS since FROM memory_use WHERE first_found_at IS NOT NULL")
                .query((row, n) -> Optional.ofNullable(Columns.nullableInstant(row, "since")))
                .single();
    }

    @Override
    public Map<Long, Use> of(Collection<Long> numbers) {
        Map<Long, Use> uses = new HashMap<>();
        jdbc.sql("""
                        SELECT memory_id, found, found_at FROM memory_use
                        WHERE memory_id IN (SELECT value FROM json_each(?))""").param(numbers.toString()).query(row -> {
            uses.put(row.getLong("memory_id"), new Use(row.getInt("found"), Columns.nullableInstant(row, "found_at")));
        });
        return uses;
    }

    @Override
    public List<Long> unusedSince(long viewer, Instant since, int most) {
        return jdbc.sql(VALID + """
                         AND max(coalesce(m.confirmed_at, m.created_at), coalesce(u.found_at, 0),
                            coalesce(u.reviewed_at, 0)) < :since
                        ORDER BY m.id LIMIT :most""")
                .param("viewer", viewer)
                .param("since", since.toEpochMilli())
                .param("most", most)
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> neverFound(long viewer, Instant before, int most) {
        return jdbc.sql(VALID + """
                         AND m.created_at < :before AND u.found_at IS NULL AND u.reviewed_at IS NULL
                        ORDER BY m.id LIMIT :most""")
                .param("viewer", viewer)
                .param("before", before.toEpochMilli())
                .param("most", most)
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> contradicted(long viewer, int most) {
        return jdbc.sql(VALID + """
                         AND m.id IN (
                            SELECT c.memory_id FROM memory_contradiction c JOIN memory o ON o.id = c.by_id
                            WHERE o.superseded_by IS NULL AND o.forgotten_at IS NULL
                                AND (o.scope = 'TEAM' OR o.persona_id = m.persona_id))
                        ORDER BY m.id LIMIT :most""")
                .param("viewer", viewer)
                .param("most", most)
                .query(Long.class)
                .list();
    }

    @Override
    public List<Long> newest(long viewer, long below, Instant reviewedSince, int most) {
        return jdbc.sql(VALID + """
                         AND m.id < :below AND coalesce(u.reviewed_at, 0) < :reviewed ORDER BY m.id DESC LIMIT :most""")
                .param("viewer", viewer)
                .param("below", below)
                .param("reviewed", reviewedSince.toEpochMilli())
                .param("most", most)
                .query(Long.class)
                .list();
    }
}
