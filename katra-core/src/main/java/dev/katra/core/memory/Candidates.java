package dev.katra.core.memory;

import dev.katra.core.search.Filter;
import dev.katra.core.search.TextSearch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the ranking looks at besides the words. Called inside reads. */
@Component
class Candidates {

    private static final String ROW = """
            SELECT m.id, m.persona_id, m.kind, m.scope, m.importance, m.tags, m.created_at, m.previous_id, m.supersedes,
                m.superseded_by, m.confirmations, m.confirmed_at
            FROM memory m
            """;
    /** How many of those by marks are looked at per one that is wanted; superseded ones are among them. */
    private static final int SPARE = 4;

    private final JdbcClient jdbc;
    private final StoredMemories stored;

    Candidates(JdbcClient jdbc, StoredMemories stored) {
        this.jdbc = jdbc;
        this.stored = stored;
    }

    /** The matches by words and by meaning that the filter accepts. */
    List<Candidate> of(
            List<TextSearch.Match> matches, List<SemanticIndex.Near> near, FilteredRows filter, int mostNear) {
        Map<Long, TextSearch.Match> byWords = new LinkedHashMap<>();
        matches.forEach(match -> byWords.put(match.id(), match));
        Map<Long, Double> byMeaning = new LinkedHashMap<>();
        near.forEach(each -> byMeaning.put(each.number(), each.cosine()));
        List<Long> all = new ArrayList<>(byWords.keySet());
        byMeaning.keySet().stream().filter(id -> !byWords.containsKey(id)).forEach(all::add);
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate.Row row : rows(all)) {
            if (filter.accepts(row)) {
                Candidate candidate = new Candidate(row);
                TextSearch.Match match = byWords.get(row.id());
                if (match != null) {
                    candidate.words(match.score(), match.coverage());
                    match.why().forEach(candidate::because);
                }
                candidate.cosine(byMeaning.getOrDefault(row.id(), Double.NaN));
                candidates.add(candidate);
            }
        }
        return candidates;
    }

    List<Candidate.Row> rows(Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String list = ids.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return jdbc.sql(ROW + "WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL")
                .param(list)
                .query((row, n) -> row(row))
                .list();
    }

    /** The newest that hold, newest first. */
    List<Long> newest(FilteredRows filter, int most) {
        Filter marks = filter.marks();
        if (marks.narrows()) {
            List<Long> marked = stored.index().newest(marks, SPARE * most);
            return rows(marked).stream()
                    .filter(row -> row.supersededBy() == null && filter.accepts(row))
                    .map(Candidate.Row::id)
                    .sorted(Comparator.reverseOrder())
                    .limit(most)
                    .toList();
        }
        return jdbc.sql("""
                        SELECT m.id FROM memory m
                        WHERE m.forgotten_at IS NULL AND m.superseded_by IS NULL
                            AND (m.scope = 'TEAM' OR m.persona_id = ?)
                        ORDER BY m.id DESC LIMIT ?""")
                .params(List.of(filter.viewer(), most))
                .query(Long.class)
                .list();
    }

    private static Candidate.Row row(ResultSet row) throws SQLException {
        return new Candidate.Row(
                row.getLong(1),
                row.getLong(2),
                MemoryKind.valueOf(row.getString(3)),
                MemoryScope.valueOf(row.getString(4)),
                row.getInt(5),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                StoredMemories.number(row, 8),
                StoredMemories.number(row, 9),
                StoredMemories.number(row, 10),
                row.getInt(11),
                StoredMemories.time(row, 12));
    }
}
