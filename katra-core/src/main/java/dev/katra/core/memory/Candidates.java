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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the ranking looks at besides the words. Called inside reads. */
@Component
class Candidates {

    /** No more than is needed: every column of every candidate costs. */
    private static final String ROW = """
            SELECT m.id, m.persona_id, m.importance, coalesce(m.confirmed_at, m.created_at), m.previous_id,
                m.superseded_by, m.confirmations, m.tags
            FROM memory m
            WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL
            """;
    /** How many are looked at at first for one that is wanted: superseded ones are among them. */
    private static final int SPARE = 2;

    private static final int MOST_PAGE = 2_000;

    private final JdbcClient jdbc;
    private final StoredMemories stored;

    Candidates(JdbcClient jdbc, StoredMemories stored) {
        this.jdbc = jdbc;
        this.stored = stored;
    }

    /** The matches by words and by meaning that the filter accepts. */
    List<Candidate> of(List<TextSearch.Match> matches, List<SemanticIndex.Near> near, FilteredRows filter) {
        Map<Long, TextSearch.Match> byWords = new LinkedHashMap<>();
        matches.forEach(match -> byWords.put(match.id(), match));
        Map<Long, Double> byMeaning = new LinkedHashMap<>();
        near.forEach(each -> byMeaning.put(each.number(), each.cosine()));
        List<Long> all = new ArrayList<>(byWords.keySet());
        byMeaning.keySet().stream().filter(id -> !byWords.containsKey(id)).forEach(all::add);
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate.Row row : rows(all, filter)) {
            Candidate candidate = new Candidate(row);
            TextSearch.Match match = byWords.get(row.id());
            if (match != null) {
                candidate.words(match.score(), match.coverage());
                match.why().forEach(candidate::because);
            }
            candidate.cosine(byMeaning.getOrDefault(row.id(), Double.NaN));
            candidates.add(candidate);
        }
        return candidates;
    }

    /** Those with these numbers that the filter accepts. */
    List<Candidate.Row> rows(Collection<Long> ids, FilteredRows filter) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(ids.toString())); // a JSON array
        String sql = ROW + filter.where(values);
        List<Candidate.Row> rows = new ArrayList<>(ids.size());
        jdbc.sql(sql).params(values).query(row -> {
            if (filter.acceptsTags(row, 8)) {
                rows.add(row(row));
            }
        });
        return rows;
    }

    /**
     * The newest that hold, newest first.
     *
     * @param indexed false where the index cannot be relied on
     */
    List<Long> newest(FilteredRows filter, int most, boolean indexed) {
        Filter marks = filter.marks();
        List<Long> found = new ArrayList<>();
        int page = Math.min(MOST_PAGE, SPARE * most);
        long before = Long.MAX_VALUE;
        boolean more = true;
        while (more && found.size() < most) {
            List<Long> ids = indexed && marks.narrows()
                    ? stored.index().newest(marks, before, page)
                    : jdbc.sql("SELECT id FROM memory WHERE id < ? ORDER BY id DESC LIMIT ?")
                            .params(List.of(before, page))
                            .query(Long.class)
                            .list();
            rows(ids, filter).stream()
                    .filter(row -> row.supersededBy() == null)
                    .map(Candidate.Row::id)
                    .sorted(Comparator.reverseOrder())
                    .forEach(found::add);
            more = ids.size() == page;
            before = more ? ids.get(page - 1) : 0;
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    private static Candidate.Row row(ResultSet row) throws SQLException {
        return new Candidate.Row(
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                Instant.ofEpochMilli(row.getLong(4)),
                StoredMemories.number(row, 5),
                StoredMemories.number(row, 6),
                row.getInt(7));
    }
}
