package dev.katra.core.memory;

import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.TextSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Reads the candidates of a ranking, and the newest memories. Must be called inside a read. */
@Component
class CandidateReader {

    /**
     * The number of memories that are read at first for each one that is wanted, because superseded ones are among
     * them.
     */
    private static final int READ_FACTOR = 2;

    private static final int MAX_PAGE = 2_000;

    private final CandidateRows rows;
    private final MemoryIndex index;

    CandidateReader(CandidateRows rows, MemoryIndex index) {
        this.rows = rows;
        this.index = index;
    }

    /** Returns a candidate for each match by terms or by meaning that the filter accepts. */
    List<Candidate> readAll(
            List<TextSearch.Match> matches, List<SemanticIndex.Neighbour> near, MemoryRowFilter filter) {
        Map<Long, TextSearch.Match> byWords = new LinkedHashMap<>();
        matches.forEach(match -> byWords.put(match.id(), match));
        Map<Long, Double> byMeaning = new LinkedHashMap<>();
        near.forEach(each -> byMeaning.put(each.number(), each.nearness()));
        List<Long> all = new ArrayList<>(byWords.keySet());
        byMeaning.keySet().stream().filter(id -> !byWords.containsKey(id)).forEach(all::add);
        List<Candidate> candidates = new ArrayList<>();
        for (CandidateRow row : rows.find(all, filter)) {
            Candidate candidate = new Candidate(row);
            TextSearch.Match match = byWords.get(row.id());
            if (match != null) {
                candidate.words(match.score(), match.coverage());
                match.why().forEach(candidate::addReason);
            }
            candidate.nearness(byMeaning.getOrDefault(row.id(), Double.NaN));
            candidates.add(candidate);
        }
        return candidates;
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
            List<Long> ids =
                    indexed && marks.narrows() ? index.terms().newest(marks, before, page) : rows.newest(before, page);
            rows.find(ids, filter).stream()
                    .filter(row -> row.supersededBy() == null)
                    .map(CandidateRow::id)
                    .sorted(Comparator.reverseOrder())
                    .forEach(found::add);
            more = ids.size() == page;
            before = more ? ids.get(page - 1) : 0;
        }
        return found.subList(0, Math.min(most, found.size()));
    }
}
