package dev.katra.core.memory;

import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.TextSearch;
import dev.katra.core.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the columns of memories that the ranking uses besides their terms. Must be called inside a read. */
@Component
class CandidateReader {

    /** The query for candidates. It selects no more than is needed: every column of every candidate costs. */
    private static final String ROW = """
            SELECT m.id, m.persona_id, m.importance, coalesce(m.confirmed_at, m.created_at) AS said_at, m.previous_id,
                m.superseded_by, m.confirmations, m.tags
            FROM memory m
            WHERE m.id IN (SELECT value FROM json_each(?)) AND m.forgotten_at IS NULL
            """;
    /**
     * The number of memories that are read at first for each one that is wanted, because superseded ones are among
     * them.
     */
    private static final int READ_FACTOR = 2;

    private static final int MAX_PAGE = 2_000;

    private final JdbcClient jdbc;
    private final MemoryQueries stored;

    CandidateReader(JdbcClient jdbc, MemoryQueries stored) {
        this.jdbc = jdbc;
        this.stored = stored;
    }

    /** Returns a candidate for each match by terms or by meaning that the filter accepts. */
    List<Candidate> readAll(
            List<TextSearch.Match> matches, List<SemanticIndex.Neighbour> near, MemoryRowFilter filter) {
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
                match.why().forEach(candidate::addReason);
            }
            candidate.cosine(byMeaning.getOrDefault(row.id(), Double.NaN));
            candidates.add(candidate);
        }
        return candidates;
    }

    /** Returns the rows of the memories with these numbers that the filter accepts. */
    List<Candidate.Row> rows(Collection<Long> ids, MemoryRowFilter filter) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(List.of(ids.toString())); // a JSON array
        String sql = ROW + filter.sqlCondition(values);
        List<Candidate.Row> rows = new ArrayList<>(ids.size());
        jdbc.sql(sql).params(values).query(row -> {
            if (filter.acceptsTags(row)) {
                rows.add(row(row));
            }
        });
        return rows;
    }

    /**
     * Returns the numbers of the newest memories that the filter accepts and that are not superseded, newest first.
     *
     * @param indexed false where the index is incomplete and cannot be relied on
     */
    List<Long> newest(MemoryRowFilter filter, int most, boolean indexed) {
        IndexFilter marks = filter.indexFilter();
        List<Long> found = new ArrayList<>();
        int page = Math.min(MAX_PAGE, READ_FACTOR * most);
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
                row.getLong("id"),
                row.getLong("persona_id"),
                row.getInt("importance"),
                Columns.instant(row, "said_at"),
                Columns.nullableNumber(row, "previous_id"),
                Columns.nullableNumber(row, "superseded_by"),
                row.getInt("confirmations"));
    }
}
