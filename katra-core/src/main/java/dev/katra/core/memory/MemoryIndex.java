package dev.katra.core.memory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Full-text search of memories with SQLite's FTS5: bm25 over stemmed words, any of which may match. */
@Component
class MemoryIndex {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    private static final int MAX_WORDS = 64;
    private static final String MATCHING = """
            FROM memory_index i JOIN memory m ON m.id = i.rowid JOIN persona p ON p.id = m.persona_id
            WHERE memory_index MATCH :match AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
            """;

    private static final String FOUND =
            "SELECT m.id, p.name, m.kind, m.scope, m.importance, m.tags, m.content, m.created_at ";
    static final String IMPORTANT = FOUND + """
            FROM memory m JOIN persona p ON p.id = m.persona_id
            WHERE m.forgotten_at IS NULL AND (m.scope = 'TEAM' OR m.persona_id = :viewer)
            ORDER BY m.importance DESC, m.id DESC LIMIT :limit""";

    private final JdbcClient jdbc;

    MemoryIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(long id, String content, String author, String tags) {
        jdbc.sql("INSERT INTO memory_index (rowid, content, about) VALUES (:id, :content, :about)")
                .param("id", id)
                .param("content", content)
                .param("about", author + " " + tags)
                .update();
    }

    /** Takes the same values as {@link #add}: the index has no text of its own to look them up. */
    void remove(long id, String content, String author, String tags) {
        jdbc.sql("""
                        INSERT INTO memory_index (memory_index, rowid, content, about)
                        VALUES ('delete', :id, :content, :about)""")
                .param("id", id)
                .param("content", content)
                .param("about", author + " " + tags)
                .update();
    }

    Recalled find(String text, @Nullable Long authorId, @Nullable MemoryKind kind, long viewer, int limit) {
        String match = match(text);
        if (match.isEmpty()) {
            return new Recalled(List.of(), 0);
        }
        StringBuilder where = new StringBuilder(MATCHING);
        if (authorId != null) {
            where.append(" AND m.persona_id = :author");
        }
        if (kind != null) {
            where.append(" AND m.kind = :kind");
        }
        List<Recalled.Found> found = bind(
                        FOUND + where + " ORDER BY bm25(memory_index, 1.0, 0.5), m.id DESC LIMIT :limit",
                        match,
                        authorId,
                        kind,
                        viewer)
                .param("limit", limit)
                .query((row, n) -> found(row))
                .list();
        int total = bind("SELECT count(*) " + where, match, authorId, kind, viewer)
                .query(Integer.class)
                .single();
        return new Recalled(found, total);
    }

    List<Recalled.Found> important(long viewer, int limit) {
        return jdbc.sql(IMPORTANT)
                .param("viewer", viewer)
                .param("limit", limit)
                .query((row, n) -> found(row))
                .list();
    }

    private static Recalled.Found found(ResultSet row) throws SQLException {
        return new Recalled.Found(
                row.getLong(1),
                row.getString(2),
                MemoryKind.valueOf(row.getString(3)),
                MemoryScope.valueOf(row.getString(4)),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)));
    }

    private JdbcClient.StatementSpec bind(
            String sql, String match, @Nullable Long authorId, @Nullable MemoryKind kind, long viewer) {
        JdbcClient.StatementSpec query = jdbc.sql(sql).param("match", match).param("viewer", viewer);
        if (authorId != null) {
            query = query.param("author", authorId);
        }
        return kind == null ? query : query.param("kind", kind.name());
    }

    /** The words, each quoted: raw text is FTS5 syntax, on which {@code C++} or {@code a-b} fail. */
    static String match(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find() && words.size() < MAX_WORDS) {
            words.add("\"" + matcher.group() + "\"");
        }
        return String.join(" OR ", words);
    }
}
