package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Ranks the texts of an index by a question's words. What it does is bounded: the rarest words fetch candidates until
 * these are about {@value #MOST_ROWS} rows, FTS5 chooses the best {@value #MOST_CANDIDATES} of them, and those are ranked
 * by all words.
 */
public final class TextSearch {

    /** How many are given if none says much of what was asked. */
    public static final int MOST_WEAK = 5;

    private static final int MOST_ROWS = 20_000;
    private static final int FEWEST_ROWS = 1_000;
    private static final int MOST_CANDIDATES = 200;

    /** With so many of them nothing is missing that matters. */
    private static final int FULL = MOST_CANDIDATES * 3 / 4;

    /** A word in more of the rows than this fetches none, unless nothing else does. */
    private static final double COMMON = 0.05;

    /** What has less of the question than this says nothing of it. */
    private static final double LEAST_COVERAGE = 0.1;

    /** Nor, with one word alone, less than this. */
    private static final double LEAST_OF_ONE = 0.3;

    /** Nor, beside an answer, with less than this. */
    private static final double LEAST_BESIDE = 0.2;

    private static final double K1 = 1.2;
    private static final double B = 0.5;

    private final TextIndex index;
    private final Function<Collection<Long>, List<Document>> stored;
    private final Documents documents;

    /**
     * A search of an index.
     *
     * @param stored the rows with these ids, as they are in the index
     * @param kept of how many of them it remembers the terms, a power of two
     * @param mostTerms if they have no more than that
     */
    public TextSearch(TextIndex index, Function<Collection<Long>, List<Document>> stored, int kept, int mostTerms) {
        this.index = index;
        this.stored = stored;
        this.documents = new Documents(kept, mostTerms);
    }

    /**
     * A row that has words of the question.
     *
     * @param score from 0, nothing, to 1
     * @param coverage the share of what the question says that the row has
     * @param why the words of the question that it has
     */
    public record Match(long id, double score, double coverage, List<String> why) {

        public Match {
            why = List.copyOf(why);
        }

        /** Whether it has enough of the question to be an answer. */
        public boolean says() {
            return says(coverage, why.size());
        }

        /** Whether it is worth to be named beside answers, or where there is none. */
        public boolean near(boolean answers) {
            return near(answers, coverage) || (answers && says());
        }

        /** Whether so much of a question is worth that, whatever its words. */
        public static boolean near(boolean answers, double coverage) {
            return coverage >= (answers ? LEAST_BESIDE : LEAST_COVERAGE);
        }

        /** Whether so much of a question, in so many of its words, can be an answer. */
        public static boolean says(double coverage, int words) {
            return coverage >= (words < 2 ? LEAST_OF_ONE : LEAST_COVERAGE);
        }
    }

    /**
     * The matches, best first.
     *
     * @param more whether there may be more than these
     */
    public record Matches(List<Match> matches, boolean more) {

        public Matches {
            matches = List.copyOf(matches);
        }
    }

    /** These rows are gone or have changed. */
    public void forget(Collection<Long> ids) {
        documents.remove(ids);
    }

    /** How often rows were forgotten: to be asked before the read begins in which something is to be found. */
    public int changes() {
        return documents.changes();
    }

    /**
     * Inside a read.
     *
     * @param changes how many there were before it began
     */
    public Matches find(Question question, Filter filter, int changes) {
        TextIndex.Size size = index.size();
        Set<String> asked = new LinkedHashSet<>(question.terms());
        asked.addAll(filter.marks());
        Map<String, Long> frequencies = index.frequencies(asked, size);
        Counts counts = new Counts(asked);
        List<Weighed> weighed = question.groups().stream()
                .map(group -> new Weighed(group, frequencies, size.rows(), counts))
                .filter(group -> group.rows() > 0 || !group.group().optional())
                .toList();
        List<Weighed> known = weighed.stream().filter(group -> group.rows() > 0).toList();
        if (known.isEmpty()) {
            return new Matches(List.of(), false);
        }
        Fetched fetched = fetch(known.stream().sorted(Weighed.RAREST).toList(), filter, frequencies, size, changes);
        double all = weighed.stream().mapToDouble(Weighed::weight).sum();
        List<Match> matches = new ArrayList<>(fetched.documents().size());
        for (Document document : fetched.documents()) {
            counts.of(document);
            Match match = match(document, counts, known, all, size);
            if (match.score() > 0) {
                matches.add(match);
            }
        }
        matches.sort(TextSearch::better);
        return new Matches(matches, fetched.more());
    }

    /** The better one first; of two as good, the newer one. */
    private static int better(Match one, Match other) {
        int scores = Double.compare(other.score(), one.score());
        return scores == 0 ? Long.compare(other.id(), one.id()) : scores;
    }

    private record Fetched(List<Document> documents, boolean more) {}

    private Fetched fetch(
            List<Weighed> rarestFirst, Filter filter, Map<String, Long> frequencies, TextIndex.Size size, int changes) {
        long most = mostRows(size);
        if (filter.narrows()) {
            return narrowed(rarestFirst, filter, frequencies, Math.max(FEWEST_ROWS, most / 4), changes);
        }
        double common = Math.max(COMMON * size.rows(), MOST_CANDIDATES);
        Set<String> fetching = new LinkedHashSet<>();
        long rows = 0;
        List<Weighed> left = new ArrayList<>();
        for (Weighed group : rarestFirst) {
            boolean enough = group.group().vague() ? rows >= MOST_CANDIDATES : rows + group.rows() > most;
            if (fetching.isEmpty() || (group.rows() <= common && !enough)) {
                group.known(frequencies).forEach(fetching::add);
                rows += group.rows();
            } else {
                left.add(group);
            }
        }
        List<Document> found = best(fetching, rows, most, filter, frequencies, changes);
        if (found.isEmpty() && !left.isEmpty()) { // what the rarest words found is hidden
            fetching.clear();
            rows = 0;
            for (Weighed group : left) {
                group.known(frequencies).forEach(fetching::add);
                rows += group.rows();
            }
            left.clear();
            found = best(fetching, rows, most, filter, frequencies, changes);
        }
        return new Fetched(found, !left.isEmpty() || found.size() >= FULL || rows > most);
    }

    /** How many rows FTS5 may rank: a large store may take a little longer than a small one. */
    private static long mostRows(TextIndex.Size size) {
        return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.round(20 * Math.sqrt((double) size.rows()))));
    }

    /** The best by bm25; of more rows than there may be, the newest. */
    private List<Document> best(
            Set<String> fetching, long rows, long most, Filter filter, Map<String, Long> frequencies, int changes) {
        long last = rows <= most ? 0 : index.last();
        long from = Math.max(0, last - (long) ((double) last * ((double) most / Math.max(1, rows))));
        String words = Filter.anyOf(List.copyOf(fetching));
        List<Long> ids = index.best(words, from, MOST_CANDIDATES);
        List<Document> found = documents(ids, changes);
        if (filter.hidesSome(frequencies)) {
            found.removeIf(filter::hides);
        }
        return found.size() >= FULL || ids.size() < MOST_CANDIDATES
                ? found
                : documents(index.best(filter.of(words, frequencies), from, MOST_CANDIDATES), changes);
    }

    /**
     * Of what passes a filter, the newest that have each of the words, and of these the ones whose words say most. Not by
     * bm25, which would go through all rows of the filter and of every word.
     */
    private Fetched narrowed(
            List<Weighed> rarestFirst, Filter filter, Map<String, Long> frequencies, long most, int changes) {
        Map<Long, Double> found = new HashMap<>();
        long left = most;
        for (Weighed group : rarestFirst) {
            if (left > 0) {
                String words = Filter.anyOf(group.known(frequencies));
                List<Long> ids = index.newest(filter.of(words, frequencies), Long.MAX_VALUE, (int) left);
                ids.forEach(id -> found.merge(id, group.weight(), Double::sum));
                left -= ids.size();
            }
        }
        List<Long> best = found.entrySet().stream()
                .sorted(Map.Entry.<Long, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey())
                        .reversed())
                .limit(MOST_CANDIDATES)
                .map(Map.Entry::getKey)
                .toList();
        return new Fetched(documents(best, changes), left <= 0 || found.size() > MOST_CANDIDATES);
    }

    private List<Document> documents(List<Long> ids, int changes) {
        List<Long> missing = new ArrayList<>();
        List<Document> found = documents.get(ids, missing);
        if (!missing.isEmpty()) {
            List<Document> read = stored.apply(missing);
            documents.put(read, changes);
            found.addAll(read);
        }
        return found;
    }

    private static Match match(
            Document document, Counts counts, List<Weighed> groups, double all, TextIndex.Size size) {
        double found = 0;
        double score = 0;
        double norm = K1 * (1 - B + B * document.length() / size.length());
        List<String> why = new ArrayList<>(groups.size());
        for (Weighed group : groups) {
            double count = group.count(counts);
            if (count > 0) {
                found += group.weight();
                score += group.weight() * count / (count + norm);
                String surface = group.group().surface();
                if (!why.contains(surface)) {
                    why.add(surface);
                }
            }
        }
        double coverage = all == 0 ? 0 : found / all;
        double lex = all == 0 ? 0 : score / all;
        return new Match(document.id(), lex * Math.sqrt(0.1 + coverage), coverage, why);
    }
}
