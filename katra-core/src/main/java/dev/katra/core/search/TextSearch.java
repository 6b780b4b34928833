package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Ranks the texts of an index by the words of a question. Its work is bounded: the rarest words fetch candidates until
 * these are about {@link #MAX_ROWS} rows, the index chooses the best {@link #MAX_CANDIDATES} of them, and those are ranked
 * by all words.
 */
public final class TextSearch {

    /** The number of matches that are returned if none has much of the question. */
    public static final int MAX_WEAK = 5;

    private static final int MAX_ROWS = 20_000;
    private static final int MIN_ROWS = 1_000;
    private static final int MAX_CANDIDATES = 200;

    /** The number of candidates from which a search has enough of them. */
    private static final int ENOUGH_CANDIDATES = MAX_CANDIDATES * 3 / 4;

    /** The share of the rows from which a word is common: it fetches no candidates unless nothing else does. */
    private static final double COMMON = 0.05;

    /**
     * The smallest coverage with which a match of several words is an answer, or is listed where there are no answers.
     */
    private static final double MIN_COVERAGE = 0.1;

    /**
     * The number of groups of a question that a text must have to cover it: of a pasted paragraph or stack trace it
     * has a part at most. A question of ten words has some twenty groups.
     */
    private static final int COVERED_GROUPS = 24;

    /** The smallest coverage with which a match of one word is an answer. */
    private static final double MIN_COVERAGE_OF_ONE_WORD = 0.3;

    /** The coverage from which a match is likely to be what was asked for, however well it matches. */
    private static final double LIKELY_COVERAGE = 0.35;

    /** The score from which a match is likely to be what was asked for, whatever it lacks. */
    private static final double LIKELY_SCORE = 0.1;

    /** The smallest coverage with which a match is listed beside answers. */
    private static final double MIN_COVERAGE_BESIDE_ANSWERS = 0.2;

    private final TextIndex index;
    private final Function<Collection<Long>, List<TermVector>> stored;
    private final TermVectorCache documents;

    /**
     * Creates a search of an index.
     *
     * @param stored reads the term vectors of the rows with these ids
     * @param kept the number of term vectors that are cached, a power of two
     * @param mostTerms the largest number of terms of a cached vector
     */
    public TextSearch(TextIndex index, Function<Collection<Long>, List<TermVector>> stored, int kept, int mostTerms) {
        this.index = index;
        this.stored = stored;
        this.documents = new TermVectorCache(kept, mostTerms);
    }

    /**
     * Names a row that has words of the question.
     *
     * @param score how well it matches, from 0 to 1
     * @param coverage the share of the question's weight that the row has
     * @param why the words of the question that it has
     */
    public record Match(long id, double score, double coverage, List<String> why) {

        public Match {
            why = List.copyOf(why);
        }

        /** Returns whether the row has enough of the question to be an answer. */
        public boolean isAnswer() {
            return isAnswer(coverage, why.size());
        }

        /** Returns whether the row is likely to be what was asked for, and not only the nearest to it. */
        public boolean isLikely() {
            return isLikely(coverage, score);
        }

        /** Returns whether a match with this coverage and score is likely to be what was asked for. */
        public static boolean isLikely(double coverage, double score) {
            return coverage >= LIKELY_COVERAGE || score >= LIKELY_SCORE;
        }

        /** Returns whether the row is worth listing beside answers, or where there are none. */
        public boolean isRelated(boolean answers) {
            return isRelated(answers, coverage) || (answers && isAnswer());
        }

        /** Returns whether a match with this coverage is worth listing, whatever its words. */
        public static boolean isRelated(boolean answers, double coverage) {
            return coverage >= (answers ? MIN_COVERAGE_BESIDE_ANSWERS : MIN_COVERAGE);
        }

        /** Returns whether a match with this coverage of so many words is an answer. */
        public static boolean isAnswer(double coverage, int words) {
            return coverage >= (words < 2 ? MIN_COVERAGE_OF_ONE_WORD : MIN_COVERAGE);
        }
    }

    /**
     * Holds the matches, best first.
     *
     * @param more whether there may be more than these
     */
    public record Matches(List<Match> matches, boolean more) {

        public Matches {
            matches = List.copyOf(matches);
        }
    }

    /** Drops the cached term vectors of rows that are gone or have changed. */
    public void evict(Collection<Long> ids) {
        documents.remove(ids);
    }

    /**
     * Returns how often rows were dropped from the cache. Must be asked for before the read begins in which
     * {@link #find} is called.
     */
    public int changes() {
        return documents.changes();
    }

    /**
     * Returns the rows that match the question and pass the filter, best first. Must be called inside a read.
     *
     * @param changes the number that {@link #changes} returned before the read began
     */
    public Matches find(Question question, IndexFilter filter, int changes) {
        TextIndex.IndexSize size = index.size();
        Set<String> asked = new LinkedHashSet<>(question.terms());
        asked.addAll(filter.terms());
        Map<String, Long> frequencies = index.frequencies(asked, size);
        TermCounts counts = new TermCounts(asked);
        List<WeightedGroup> weighed = question.groups().stream()
                .map(group -> new WeightedGroup(group, frequencies, size.rows(), counts))
                .filter(group -> group.rows() > 0 || !group.group().optional())
                .toList();
        List<WeightedGroup> known =
                weighed.stream().filter(group -> group.rows() > 0).toList();
        if (known.isEmpty()) {
            return new Matches(List.of(), false);
        }
        FetchedVectors fetched =
                fetch(known.stream().sorted(WeightedGroup.RAREST_FIRST).toList(), filter, frequencies, size, changes);
        double all = weighed.stream()
                .map(WeightedGroup::weight)
                .sorted(Comparator.reverseOrder())
                .limit(COVERED_GROUPS)
                .mapToDouble(Double::doubleValue)
                .sum();
        TextScorer scorer = new TextScorer(known, all, size.length(), counts);
        List<Match> matches = new ArrayList<>(fetched.documents().size());
        for (TermVector document : fetched.documents()) {
            Match match = scorer.match(document);
            if (match.score() > 0) {
                matches.add(match);
            }
        }
        matches.sort(TextSearch::byScoreThenNewest);
        return new Matches(matches, fetched.more());
    }

    /** Orders by score, the highest first; of two with the same score, the newer comes first. */
    private static int byScoreThenNewest(Match one, Match other) {
        int scores = Double.compare(other.score(), one.score());
        return scores == 0 ? Long.compare(other.id(), one.id()) : scores;
    }

    private record FetchedVectors(List<TermVector> documents, boolean more) {}

    private FetchedVectors fetch(
            List<WeightedGroup> rarestFirst,
            IndexFilter filter,
            Map<String, Long> frequencies,
            TextIndex.IndexSize size,
            int changes) {
        long most = maxRows(size);
        if (filter.narrows()) {
            return newestFiltered(rarestFirst, filter, frequencies, Math.max(MIN_ROWS, most / 4), changes);
        }
        double common = Math.max(COMMON * size.rows(), MAX_CANDIDATES);
        Set<String> fetching = new LinkedHashSet<>();
        long rows = 0;
        List<WeightedGroup> left = new ArrayList<>();
        for (WeightedGroup group : rarestFirst) {
            boolean enough = group.group().vague() ? rows >= MAX_CANDIDATES : rows + group.rows() > most;
            if (fetching.isEmpty() || (group.rows() <= common && !enough)) {
                group.knownTerms(frequencies).forEach(fetching::add);
                rows += group.rows();
            } else {
                left.add(group);
            }
        }
        List<TermVector> found = best(fetching, rows, most, filter, frequencies, changes);
        if (found.isEmpty() && !left.isEmpty()) { // what the rarest words found is hidden
            fetching.clear();
            rows = 0;
            for (WeightedGroup group : left) {
                group.knownTerms(frequencies).forEach(fetching::add);
                rows += group.rows();
            }
            left.clear();
            found = best(fetching, rows, most, filter, frequencies, changes);
        }
        return new FetchedVectors(found, !left.isEmpty() || found.size() >= ENOUGH_CANDIDATES || rows > most);
    }

    /** Returns how many rows the index may rank: a large store may take a little longer than a small one. */
    private static long maxRows(TextIndex.IndexSize size) {
        return Math.min(MAX_ROWS, Math.max(MIN_ROWS, Math.round(20 * Math.sqrt((double) size.rows()))));
    }

    /** Returns the best rows by the index; if the words have more rows than {@code most}, only the newest are ranked. */
    private List<TermVector> best(
            Set<String> fetching,
            long rows,
            long most,
            IndexFilter filter,
            Map<String, Long> frequencies,
            int changes) {
        long last = rows <= most ? 0 : index.highestId();
        long from = Math.max(0, last - (long) ((double) last * ((double) most / Math.max(1, rows))));
        List<Long> ids = index.best(fetching, IndexFilter.NONE, from, MAX_CANDIDATES);
        List<TermVector> found = documents(ids, changes);
        if (filter.hidesSome(frequencies)) {
            found.removeIf(filter::hides);
        }
        return found.size() >= ENOUGH_CANDIDATES || ids.size() < MAX_CANDIDATES
                ? found
                : documents(index.best(fetching, filter.withoutUnknown(frequencies), from, MAX_CANDIDATES), changes);
    }

    /**
     * Returns the newest rows that pass a filter and have each of the words, and of these the ones whose words weigh
     * most. It does not have the index rank, which would go through all rows of the filter and of every word.
     */
    private FetchedVectors newestFiltered(
            List<WeightedGroup> rarestFirst,
            IndexFilter filter,
            Map<String, Long> frequencies,
            long most,
            int changes) {
        IndexFilter known = filter.withoutUnknown(frequencies);
        Map<Long, Double> found = new HashMap<>();
        long left = most;
        for (WeightedGroup group : rarestFirst) {
            if (left > 0) {
                List<Long> ids = index.newest(group.knownTerms(frequencies), known, Long.MAX_VALUE, (int) left);
                ids.forEach(id -> found.merge(id, group.weight(), Double::sum));
                left -= ids.size();
            }
        }
        List<Long> best = found.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .limit(MAX_CANDIDATES)
                .map(Map.Entry::getKey)
                .toList();
        return new FetchedVectors(documents(best, changes), left <= 0 || found.size() > MAX_CANDIDATES);
    }

    /**
     * Returns the term vectors of these rows. Must be called inside a read.
     *
     * @param changes the number that {@link #changes} returned before the read began
     */
    public List<TermVector> vectors(List<Long> ids, int changes) {
        return documents(ids, changes);
    }

    private List<TermVector> documents(List<Long> ids, int changes) {
        List<Long> missing = new ArrayList<>();
        List<TermVector> found = documents.get(ids, missing);
        if (!missing.isEmpty()) {
            List<TermVector> read = stored.apply(missing);
            documents.put(read, changes);
            found.addAll(read);
        }
        return found;
    }
}
