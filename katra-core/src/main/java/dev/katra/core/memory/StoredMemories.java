package dev.katra.core.memory;

import dev.katra.core.search.Document;
import dev.katra.core.search.Marks;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Memories as they are shown, and their index. */
@Component
class StoredMemories implements Searchable {

    /** Of what a memory supersedes, its readers learn the number only if they may see it. */
    static final String KNOWN = """
            SELECT m.id, m.uid, p.name, p.human, m.kind, m.scope, m.importance, m.tags, m.content, m.created_at,
                m.provider, m.model, m.folder, s.uid,
                (SELECT o.id FROM memory o WHERE o.id = m.supersedes AND o.forgotten_at IS NULL
                    AND (o.scope = 'TEAM' OR m.scope = 'PRIVATE')),
                m.superseded_by, m.confirmations, m.confirmed_at
            FROM memory m JOIN persona p ON p.id = m.persona_id LEFT JOIN session s ON s.id = m.session_id
            """;
    /** The memory and the revisions before it, newest first by their depth. */
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

    private static final String INDEXED = """
            SELECT m.id, m.content, p.name, m.persona_id, m.kind, m.scope, m.tags, m.created_at
            FROM memory m JOIN persona p ON p.id = m.persona_id
            """;

    private final JdbcClient jdbc;
    private final TextIndex index;

    StoredMemories(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.index = new TextIndex(jdbc, "memory");
    }

    /**
     * Stores and indexes a memory and gives it its number; where it comes from is read from its session. By hand, because
     * every memory passes here, one after the other, and saving an aggregate takes several times as long.
     */
    long add(Memory memory, Terms terms) {
        long number = jdbc.sql("""
                        INSERT INTO memory (uid, persona_id, session_id, call_id, kind, scope, importance, tags, content,
                            created_at, supersedes, confirmations, content_hash, terms, provider, model, folder,
                            previous_id)
                        SELECT ?, ?, s.id, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, s.provider, s.model, s.folder,
                            (SELECT max(id) FROM memory WHERE session_id = s.id)
                        FROM (SELECT 1) LEFT JOIN session s ON s.id = ?
                        RETURNING id""")
                .params(Arrays.asList(
                        memory.uid(),
                        memory.personaId(),
                        memory.callId(),
                        memory.kind().name(),
                        memory.scope().name(),
                        memory.importance(),
                        memory.tags(),
                        memory.content(),
                        memory.createdAt().toEpochMilli(),
                        memory.supersedes(),
                        memory.contentHash(),
                        Document.of(0, terms).written(),
                        memory.sessionId()))
                .query(Long.class)
                .single();
        index.add(number, terms);
        return number;
    }

    /** Indexes one that is stored. */
    @Override
    public void index(long number, Terms terms) {
        index.add(number, terms);
        written(number, Document.of(number, terms).written());
    }

    /** Indexes one again that has been taken out, unless it waits to be indexed. */
    void indexAgain(long number, Terms terms) {
        if (index.has(number)) {
            index(number, terms);
        }
    }

    /** Takes one out of the index, which takes the terms that it was indexed with. */
    void unindex(long number, Terms terms) {
        index.remove(number, terms);
        written(number, null);
    }

    private void written(long number, byte @Nullable [] terms) {
        jdbc.sql("UPDATE memory SET terms = ? WHERE id = ?")
                .param(terms)
                .param(number)
                .update();
    }

    /** The memory that this tool call has written. */
    Optional<Long> writtenBy(long session, String callId) {
        return jdbc.sql("SELECT id FROM memory WHERE session_id = ? AND call_id = ?")
                .params(session, callId)
                .query(Long.class)
                .optional();
    }

    /** The number of what this author says already; by hand, for the same reason. */
    Optional<Long> holding(String contentHash) {
        return jdbc.sql("SELECT id FROM memory WHERE content_hash = ?")
                .param(contentHash)
                .query(Long.class)
                .optional();
    }

    /** Those with these numbers that are not forgotten, as shown. */
    Map<Long, KnownMemory> known(Collection<Long> numbers) {
        Map<Long, KnownMemory> known = new LinkedHashMap<>();
        if (!numbers.isEmpty()) {
            jdbc.sql(KNOWN + "WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL ORDER BY m.id")
                    .param(numbers.toString())
                    .query((row, n) -> known(row))
                    .list()
                    .forEach(each -> known.put(each.number(), each));
        }
        return known;
    }

    Optional<KnownMemory> known(long number) {
        return Optional.ofNullable(known(List.of(number)).get(number));
    }

    /** With all its revisions that are not forgotten and that the viewer may see, oldest first. */
    List<KnownMemory> revisions(long number, long viewer) {
        return jdbc.sql(ALL + KNOWN + """
                        WHERE m.forgotten_at IS NULL AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
                            AND m.id IN (SELECT id FROM earlier UNION SELECT id FROM later)
                        ORDER BY m.id""")
                .param("number", number)
                .param("viewer", viewer)
                .query((row, n) -> known(row))
                .list();
    }

    /** It and the revisions before it, oldest first. */
    List<KnownMemory> upTo(long number) {
        return jdbc.sql(EARLIER + KNOWN
                        + "WHERE m.forgotten_at IS NULL AND m.id IN (SELECT id FROM earlier) ORDER BY m.id")
                .param("number", number)
                .query((row, n) -> known(row))
                .list();
    }

    static KnownMemory known(ResultSet row) throws SQLException {
        return new KnownMemory(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                MemoryKind.valueOf(row.getString(5)),
                MemoryScope.valueOf(row.getString(6)),
                row.getInt(7),
                Tags.of(row.getString(8)),
                row.getString(9),
                Instant.ofEpochMilli(row.getLong(10)),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getString(14),
                number(row, 15),
                number(row, 16),
                row.getInt(17),
                time(row, 18));
    }

    static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 ? null : value;
    }

    static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return value == 0 ? null : Instant.ofEpochMilli(value);
    }

    TextIndex index() {
        return index;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long last() {
        return jdbc.sql("SELECT coalesce(max(id), 0) FROM memory")
                .query(Long.class)
                .single();
    }

    @Override
    public List<Row> rows(long after, long last, int most) {
        hash(after, last, most);
        return jdbc.sql(INDEXED + "WHERE m.id > ? AND m.id <= ? AND m.forgotten_at IS NULL ORDER BY m.id LIMIT ?")
                .params(List.of(after, last, most))
                .query((row, n) -> indexed(row))
                .list();
    }

    /** What older versions stored has no hash; of two that are the same, the first has it. */
    private void hash(long after, long last, int most) {
        jdbc.sql("""
                        SELECT id, persona_id, scope, content FROM memory
                        WHERE id > ? AND id <= ? AND content_hash IS NULL AND superseded_by IS NULL AND forgotten_at IS NULL
                        ORDER BY id LIMIT ?""")
                .params(List.of(after, last, most))
                .query((row, n) -> Map.entry(
                        row.getLong(1),
                        NewMemories.hash(row.getLong(2), MemoryScope.valueOf(row.getString(3)), row.getString(4))))
                .list()
                .forEach(each -> jdbc.sql("UPDATE OR IGNORE memory SET content_hash = ? WHERE id = ?")
                        .params(List.of(each.getValue(), each.getKey()))
                        .update());
    }

    /** What the ranking needs of these. */
    List<Document> documents(Collection<Long> numbers) {
        return jdbc.sql(
                        "SELECT id, terms FROM memory WHERE id IN (SELECT value FROM json_each(?)) AND terms IS NOT NULL")
                .param(numbers.toString())
                .query((row, n) -> Document.read(row.getLong(1), row.getBytes(2)))
                .list();
    }

    private static Row indexed(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                terms(
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        MemoryKind.valueOf(row.getString(5)),
                        MemoryScope.valueOf(row.getString(6)),
                        Tags.of(row.getString(7)),
                        Instant.ofEpochMilli(row.getLong(8))));
    }

    /** What the index holds of a memory. */
    static Terms terms(
            String content,
            String author,
            long personaId,
            MemoryKind kind,
            MemoryScope scope,
            List<String> tags,
            Instant at) {
        List<String> marks = new ArrayList<>(Marks.time(at));
        marks.add(Marks.author(personaId));
        marks.add(Marks.kind(kind.word()));
        if (scope == MemoryScope.PRIVATE) {
            marks.addAll(List.of(Marks.PRIVATE, Marks.privately(personaId)));
        }
        tags.forEach(tag -> marks.add(Marks.tag(tag)));
        return Terms.of(content, List.of(author, String.join(" ", tags)), marks);
    }
}
