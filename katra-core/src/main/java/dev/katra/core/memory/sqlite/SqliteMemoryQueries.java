package dev.katra.core.memory.sqlite;

import dev.katra.core.memory.Contradiction;
import dev.katra.core.memory.ExportedMemory;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryLineage;
import dev.katra.core.memory.MemoryQueries;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.store.sqlite.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads memories as they are shown from tables of SQLite. */
@Component
class SqliteMemoryQueries implements MemoryQueries {

    /**
     * The columns of a memory as it is shown. The number of the memory that it supersedes is left out unless all its
     * readers may see that one.
     */
    private static final String DETAILS = "SELECT m.id, m.uid, "
            + String.join(
                    ", ", MemoryColumns.AUTHOR, MemoryColumns.BODY, MemoryColumns.ORIGIN, MemoryColumns.CONFIRMATIONS)
            + """
            , m.superseded_by,
                (SELECT o.id FROM memory o WHERE o.id = m.supersedes AND o.forgotten_at IS NULL
                    AND (o.scope = 'TEAM' OR m.scope = 'PRIVATE')) AS supersedes
            FROM memory m JOIN persona p ON p.id = m.persona_id LEFT JOIN session s ON s.id = m.session_id
            """;

    /** The memory and the revisions before it. */
    private static final String EARLIER = """
            WITH RECURSIVE earlier (id) AS (
                VALUES (:number) UNION SELECT m.supersedes FROM memory m JOIN earlier e ON m.id = e.id
                WHERE m.supersedes IS NOT NULL)
            """;

    private static final String ALL = """
            WITH RECURSIVE earlier (id) AS (
                VALUES (:number) UNION SELECT m.supersedes FROM memory m JOIN earlier e ON m.id = e.id
                WHERE m.supersedes IS NOT NULL),
            later (id) AS (
                VALUES (:number) UNION SELECT m.superseded_by FROM memory m JOIN later l ON m.id = l.id
                WHERE m.superseded_by IS NOT NULL)
            """;

    /**
     * The contradictions of some memories, in both directions: number is one of them, id the other, and wrong says that the
     * other contradicts it. One is left out unless both hold and all readers of the memory may see the other.
     */
    private static final String CONTRADICTIONS = """
            SELECT c.number, c.wrong, c.created_at, o.id, p.name AS author
            FROM (
                SELECT memory_id AS number, by_id AS other, 1 AS wrong, created_at FROM memory_contradiction
                WHERE memory_id IN (SELECT value FROM json_each(:numbers))
                UNION ALL
                SELECT by_id, memory_id, 0, created_at FROM memory_contradiction
                WHERE by_id IN (SELECT value FROM json_each(:numbers))) c
            JOIN memory m ON m.id = c.number JOIN memory o ON o.id = c.other JOIN persona p ON p.id = o.persona_id
            WHERE m.superseded_by IS NULL AND o.superseded_by IS NULL AND o.forgotten_at IS NULL
                AND (o.scope = 'TEAM' OR o.persona_id = m.persona_id)
            ORDER BY o.id""";

    /** The memories as they are exported. Revisions next to them that are forgotten are passed over. */
    private static final String EXPORTED = "SELECT m.id, m.uid, "
            + String.join(
                    ", ", MemoryColumns.AUTHOR, MemoryColumns.BODY, MemoryColumns.ORIGIN, MemoryColumns.CONFIRMATIONS)
            + """
            , previous.uid AS previous, m.superseded_by IS NOT NULL AS superseded,
                (WITH RECURSIVE earlier (id) AS (
                        VALUES (m.supersedes) UNION SELECT o.supersedes FROM memory o JOIN earlier e ON o.id = e.id
                        WHERE o.forgotten_at IS NOT NULL)
                    SELECT o.uid FROM memory o JOIN earlier e ON o.id = e.id
                    WHERE o.forgotten_at IS NULL AND o.id <> m.id LIMIT 1) AS old,
                (WITH RECURSIVE later (id) AS (
                        VALUES (m.superseded_by) UNION SELECT o.superseded_by FROM memory o JOIN later l ON o.id = l.id
                        WHERE o.forgotten_at IS NOT NULL)
                    SELECT o.uid FROM memory o JOIN later l ON o.id = l.id
                    WHERE o.forgotten_at IS NULL AND o.id <> m.id LIMIT 1) AS successor,
                (SELECT group_concat(o.uid, char(31)) FROM memory_contradiction c JOIN memory o ON o.id = c.memory_id
                    WHERE c.by_id = m.id AND o.forgotten_at IS NULL) AS contradicts,
                (SELECT group_concat(o.uid, char(31)) FROM memory_contradiction c JOIN memory o ON o.id = c.by_id
                    WHERE c.memory_id = m.id AND o.forgotten_at IS NULL) AS contradicted_by
            FROM memory m JOIN persona p ON p.id = m.persona_id
                LEFT JOIN session s ON s.id = m.session_id
                LEFT JOIN memory previous ON previous.id = m.previous_id AND previous.forgotten_at IS NULL
            WHERE m.id > ? AND m.forgotten_at IS NULL ORDER BY m.id LIMIT ?""";

    private record Numbered(long number, ExportedMemory memory) {}

    private final JdbcClient jdbc;

    SqliteMemoryQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Long> writtenBy(long session, String callId) {
        return jdbc.sql("SELECT id FROM memory WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    @Override
    public Optional<Long> foundBy(long session, String callId) {
        return jdbc.sql("SELECT memory_id FROM memory_call WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    @Override
    public void noteFoundBy(long session, String callId, long number) {
        jdbc.sql("INSERT OR IGNORE INTO memory_call (session_id, call_id, memory_id) VALUES (?, ?, ?)")
                .params(session, callId, number)
                .update();
    }

    @Override
    public Optional<Long> findByHash(String contentHash) {
        return jdbc.sql("SELECT id FROM memory WHERE content_hash = ?")
                .param(contentHash)
                .query(Long.class)
                .optional();
    }

    @Override
    public Optional<Long> findSame(MemoryBody body, long personaId) {
        return jdbc.sql("""
                        SELECT id FROM memory WHERE content_hash = :hash OR same_hash = :same
                        ORDER BY coalesce(content_hash = :hash, 0) DESC, id LIMIT 1""")
                .param("hash", body.contentHash(personaId))
                .param("same", body.sameHash(personaId))
                .query(Long.class)
                .optional();
    }

    @Override
    public Map<Long, MemoryDetails> details(Collection<Long> numbers) {
        Map<Long, MemoryDetails> known = new LinkedHashMap<>();
        if (!numbers.isEmpty()) {
            jdbc.sql(DETAILS
                            + "WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL ORDER BY m.id")
                    .param(numbers.toString())
                    .query((row, n) -> details(row))
                    .list()
                    .forEach(each -> known.put(each.number(), each));
            contradictions(known.keySet())
                    .forEach((number, found) -> known.computeIfPresent(
                            number, (id, each) -> each.with(each.lineage().with(found.by(), found.of()))));
        }
        return known;
    }

    /** Holds the memories on both sides of the contradictions of one memory. */
    private record Contradictions(List<Contradiction> by, List<Contradiction> of) {}

    /** Returns the contradictions of those among these memories that have any. */
    private Map<Long, Contradictions> contradictions(Collection<Long> numbers) {
        Map<Long, Contradictions> found = new HashMap<>();
        jdbc.sql(CONTRADICTIONS).param("numbers", numbers.toString()).query(row -> {
            Contradiction other =
                    new Contradiction(row.getLong("id"), row.getString("author"), Columns.instant(row, "created_at"));
            Contradictions of = found.computeIfAbsent(
                    row.getLong("number"), number -> new Contradictions(new ArrayList<>(), new ArrayList<>()));
            (row.getBoolean("wrong") ? of.by() : of.of()).add(other);
        });
        return found;
    }

    private List<MemoryDetails> withContradictions(List<MemoryDetails> memories) {
        Map<Long, Contradictions> known =
                contradictions(memories.stream().map(MemoryDetails::number).toList());
        Contradictions none = new Contradictions(List.of(), List.of());
        return memories.stream()
                .map(each -> {
                    Contradictions found = known.getOrDefault(each.number(), none);
                    return each.with(each.lineage().with(found.by(), found.of()));
                })
                .toList();
    }

    @Override
    public List<MemoryDetails> revisions(long number, long viewer) {
        return withContradictions(jdbc.sql(ALL + DETAILS + """
                        WHERE m.forgotten_at IS NULL AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                            AND m.id IN (SELECT id FROM earlier UNION SELECT id FROM later)
                        ORDER BY m.id""")
                .param("number", number)
                .param("viewer", viewer)
                .query((row, n) -> details(row))
                .list());
    }

    @Override
    public List<MemoryDetails> withEarlierRevisions(long number) {
        return jdbc.sql(EARLIER + DETAILS
                        + "WHERE m.forgotten_at IS NULL AND m.id IN (SELECT id FROM earlier) ORDER BY m.id")
                .param("number", number)
                .query((row, n) -> details(row))
                .list();
    }

    @Override
    public long firstRevision(long number) {
        return jdbc.sql(EARLIER
                        + "SELECT m.id FROM memory m JOIN earlier e ON e.id = m.id WHERE m.supersedes IS NULL LIMIT 1")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    @Override
    public List<Long> teamUpTo(long number) {
        return jdbc.sql(EARLIER + """
                        SELECT m.id FROM memory m JOIN earlier e ON e.id = m.id
                        WHERE m.forgotten_at IS NULL AND m.scope = 'TEAM' ORDER BY m.id""").param("number", number).query(Long.class).list();
    }

    @Override
    public Optional<MemoryDetails> anothersUpTo(long number, long author) {
        return jdbc.sql(EARLIER + DETAILS + """
                        WHERE m.forgotten_at IS NULL AND m.persona_id <> :author AND m.id IN (SELECT id FROM earlier)
                        ORDER BY m.id LIMIT 1""")
                .param("number", number)
                .param("author", author)
                .query((row, n) -> details(row))
                .optional();
    }

    @Override
    public ExportedMemory.Page export(long after, int most) {
        List<Numbered> page = jdbc.sql(EXPORTED)
                .params(List.of(after, most))
                .query((row, n) -> new Numbered(row.getLong("id"), exported(row)))
                .list();
        return new ExportedMemory.Page(
                page.stream().map(Numbered::memory).toList(),
                page.isEmpty() ? after : page.get(page.size() - 1).number());
    }

    private static ExportedMemory exported(ResultSet row) throws SQLException {
        return new ExportedMemory(
                row.getString("uid"),
                MemoryColumns.author(row),
                new NewMemory(MemoryColumns.body(row)),
                MemoryColumns.origin(row),
                new ExportedMemory.Predecessors(
                        row.getString("previous"), row.getString("old"), uids(row.getString("contradicts"))),
                new ExportedMemory.Standing(
                        row.getBoolean("superseded"),
                        row.getString("successor"),
                        uids(row.getString("contradicted_by"))),
                MemoryColumns.confirmations(row));
    }

    private static List<String> uids(@Nullable String joined) {
        return joined == null ? List.of() : List.of(joined.split("\u001f", -1));
    }

    private static MemoryDetails details(ResultSet row) throws SQLException {
        return new MemoryDetails(
                row.getLong("id"),
                row.getString("uid"),
                MemoryColumns.author(row),
                MemoryColumns.body(row),
                MemoryColumns.origin(row),
                new MemoryLineage(
                        Columns.nullableNumber(row, "supersedes"), Columns.nullableNumber(row, "superseded_by")),
                MemoryColumns.confirmations(row));
    }
}
