package dev.katra.core.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Weighs one group of a question's terms by what the index knows of them. */
final class WeightedGroup {

    /** The weight of a synonym, relative to the word itself. */
    private static final double SYNONYM_WEIGHT = 0.75;

    /** Orders groups by their number of rows, the rarest first; vague groups come last. */
    static final Comparator<WeightedGroup> RAREST_FIRST =
            Comparator.comparing((WeightedGroup each) -> each.group().vague()).thenComparingLong(WeightedGroup::rows);

    private final Question.TermGroup group;
    private final int[] exact;
    private final int[] synonyms;
    private final long rows;
    private final double weight;

    /**
     * Weighs a group.
     *
     * @param counts the counts of all terms of the question
     */
    WeightedGroup(Question.TermGroup group, Map<String, Long> frequencies, long size, TermCounts counts) {
        this.group = group;
        this.exact = places(group.terms(), counts);
        this.synonyms = places(group.synonyms(), counts);
        long sum = 0;
        for (String term : group.all()) {
            sum += frequencies.getOrDefault(term, 0L);
        }
        this.rows = Math.min(sum, size);
        this.weight = group.weight() * Math.log(1 + (size + 0.5) / (rows + 0.5));
    }

    Question.TermGroup group() {
        return group;
    }

    /** Returns the terms of the group that some row has. */
    List<String> knownTerms(Map<String, Long> frequencies) {
        return group.all().stream().filter(frequencies::containsKey).toList();
    }

    /** Returns the largest number of rows that the group can be in. */
    long rows() {
        return rows;
    }

    /** Returns the weight of the group, which is higher the fewer rows have it. */
    double weight() {
        return weight;
    }

    /** Returns how often the counted text has the group. */
    double count(TermCounts counts) {
        double count = most(counts, exact);
        return count > 0 ? count : SYNONYM_WEIGHT * most(counts, synonyms);
    }

    private static double most(TermCounts counts, int[] places) {
        double most = 0;
        for (int place : places) {
            most = Math.max(most, counts.at(place));
        }
        return most;
    }

    private static int[] places(List<String> terms, TermCounts counts) {
        int[] places = new int[terms.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = counts.indexOf(terms.get(i).hashCode());
        }
        return places;
    }
}
