package dev.katra.core.memory;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads memories as they are shown, and keeps their index. */
@Component
class MemoryQueries implements Searchable {

    /**
     * The columns of a memory as it is shown. The number of the memory that it supersedes is left out unless all its
     * readers may see that one.
     */
    static final String DETAILS = "SELECT m.id, m.uid, "
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

    private static final String INDEXED = "SELECT m.id, p.name, m.persona_id, m.created_at, " + MemoryColumns.BODY
            + " FROM memory m JOIN persona p ON p.id = m.persona_id ";

    private final JdbcClient jdbc;
    private final TextIndex index;

    MemoryQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.index = new TextIndex(jdbc, "memory");
    }

    /** Indexes a stored memory. Must be called inside a write. */
    void put(long number, Terms terms) {
        index.add(number, terms);
        written(number, TermVector.of(number, terms).encode());
    }

    /**
     * Indexes a memory again that was removed from the index, unless it still waits to be indexed. Must be called
     * inside a write.
     */
    void putAgain(long number, Terms terms) {
        if (index.isIndexed(number)) {
            put(number, terms);
        }
    }

    /** Removes the next part of a memory from the index, and returns true once all is removed. */
    boolean remove(long number, List<Terms> parts) {
        boolean out = index.remove(number, parts);
        if (out) {
            written(number, null);
        }
        return out;
    }

    /** Indexes a memory whole again if a part of it is removed, and returns true once that is done. */
    boolean restore(long number, CutTexts cut) {
        return row(number)
                .map(memory -> index.restore(number, memory.text(), cut))
                .orElse(true);
    }

    private void written(long number, byte @Nullable [] terms) {
        jdbc.sql("UPDATE memory SET terms = ? WHERE id = ?")
                .param(terms)
                .param(number)
                .update();
    }

    /** Returns the number of the memory that this tool call has written. */
    Optional<Long> writtenBy(long session, String callId) {
        return jdbc.sql("SELECT id FROM memory WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    /** Returns the number of the memory that this tool call found as it wanted it. */
    Optional<Long> foundBy(long session, String callId) {
        return jdbc.sql("SELECT memory_id FROM memory_call WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    /** Notes that this tool call found the memory as it wanted it. Must be called inside a write. */
    void foundBy(long session, String callId, long number) {
        jdbc.sql("INSERT OR IGNORE INTO memory_call (session_id, call_id, memory_id) VALUES (?, ?, ?)")
                .params(session, callId, number)
                .update();
    }

    /**
     * Returns the number of the valid memory with this hash. This is plain SQL because every new memory passes here.
     */
    Optional<Long> findByHash(String contentHash) {
        return jdbc.sql("SELECT id FROM memory WHERE content_hash = ?")
                .param(contentHash)
                .query(Long.class)
                .optional();
    }

    /** Returns the memories with these numbers that are not forgotten, by number. */
    Map<Long, MemoryDetails> details(Collection<Long> numbers) {
        Map<Long, MemoryDetails> known = new LinkedHashMap<>();
        if (!numbers.isEmpty()) {
            jdbc.sql(DETAILS
                            + "WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL ORDER BY m.id")
                    .param(numbers.toString())
                    .query((row, n) -> details(row))
                    .list()
                    .forEach(each -> known.put(each.number(), each));
        }
        return known;
    }

    Optional<MemoryDetails> details(long number) {
        return Optional.ofNullable(details(List.of(number)).get(number));
    }

    /** Returns a memory with all its revisions that are not forgotten and that the viewer may see, oldest first. */
    List<MemoryDetails> revisions(long number, long viewer) {
        return jdbc.sql(ALL + DETAILS + """
                        WHERE m.forgotten_at IS NULL AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                            AND m.id IN (SELECT id FROM earlier UNION SELECT id FROM later)
                        ORDER BY m.id""")
                .param("number", number)
                .param("viewer", viewer)
                .query((row, n) -> details(row))
                .list();
    }

    /** Returns a memory and the revisions before it, oldest first. */
    List<MemoryDetails> withEarlierRevisions(long number) {
        return jdbc.sql(EARLIER + DETAILS
                        + "WHERE m.forgotten_at IS NULL AND m.id IN (SELECT id FROM earlier) ORDER BY m.id")
                .param("number", number)
                .query((row, n) -> details(row))
                .list();
    }

    /** Returns the numbers of those among them that the team sees, oldest first. */
    List<Long> teamUpTo(long number) {
        return jdbc.sql(EARLIER + """
                        SELECT m.id FROM memory m JOIN earlier e ON e.id = m.id
                        WHERE m.forgotten_at IS NULL AND m.scope = 'TEAM' ORDER BY m.id""").param("number", number).query(Long.class).list();
    }

    /** Returns the oldest among them that another persona has written. */
    Optional<MemoryDetails> anothersUpTo(long number, long author) {
        return jdbc.sql(EARLIER + DETAILS + """
                        WHERE m.forgotten_at IS NULL AND m.persona_id <> :author AND m.id IN (SELECT id FROM earlier)
                        ORDER BY m.id LIMIT 1""")
                .param("number", number)
                .param("author", author)
                .query((row, n) -> details(row))
                .optional();
    }

    static MemoryDetails details(ResultSet row) throws SQLException {
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

    TextIndex index() {
        return index;
    }

    @Override
    public String name() {
        return "memory";
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
                        .query(Searchable.untilLong((row, n) -> indexed(row))));
    }

    @Override
    public Optional<Row> row(long number) {
        return jdbc.sql(INDEXED + "WHERE m.id = ? AND m.forgotten_at IS NULL")
                .param(number)
                .query((row, n) -> indexed(row))
                .optional();
    }

    /** Returns what the index shall hold of a memory. */
    IndexedText text(long number) {
        return row(number).orElseThrow().text();
    }

    @Override
    public void index(long number, Terms terms) {
        hash(number);
        put(number, terms);
    }

    /** Stores the hash that a memory of an older version lacks; of two with the same content, the first gets it. */
    private void hash(long number) {
        jdbc.sql("SELECT m.persona_id, " + MemoryColumns.BODY + """
                         FROM memory m
                        WHERE m.id = ? AND m.content_hash IS NULL AND m.superseded_by IS NULL AND m.forgotten_at IS NULL""")
                .param(number)
                .query((row, n) -> MemoryWriter.contentHash(row.getLong("persona_id"), MemoryColumns.body(row)))
                .optional()
                .ifPresent(hash -> jdbc.sql("UPDATE OR IGNORE memory SET content_hash = ? WHERE id = ?")
                        .params(List.of(hash, number))
                        .update());
    }

    /** Returns the term vectors of these memories, which the ranking needs. */
    List<TermVector> termVectors(Collection<Long> numbers) {
        return jdbc.sql(
                        "SELECT id, terms FROM memory WHERE id IN (SELECT value FROM json_each(?)) AND terms IS NOT NULL")
                .param(numbers.toString())
                .query((row, n) -> TermVector.decode(row.getLong("id"), row.getBytes("terms")))
                .list();
    }

    private static Row indexed(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                text(
                        MemoryColumns.body(row),
                        row.getString("name"),
                        row.getLong("persona_id"),
                        Columns.instant(row, "created_at")));
    }

    /** Returns what the index shall hold of a memory. */
    static IndexedText text(MemoryBody body, String author, long personaId, Instant at) {
        List<String> marks = new ArrayList<>(FilterTerms.time(at));
        marks.add(FilterTerms.author(personaId));
        marks.add(FilterTerms.kind(body.kind().externalName()));
        if (body.scope() == MemoryScope.PRIVATE) {
            marks.addAll(List.of(FilterTerms.PRIVATE, FilterTerms.privateTo(personaId)));
        }
        body.tags().forEach(tag -> marks.add(FilterTerms.tag(tag)));
        return new IndexedText(body.content(), List.of(author, String.join(" ", body.tags())), marks, List.of());
    }
}
