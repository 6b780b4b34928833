package dev.katra.core.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Words of a question that mean the same, with what the index knows of them. */
final class Weighed {

    /** What another word for it counts. */
    private static final double NEAR = 0.75;

    /** What is vague comes last. */
    static final Comparator<Weighed> RAREST =
            Comparator.comparing((Weighed each) -> each.group().vague()).thenComparingLong(Weighed::rows);

    private final Question.Group group;
    private final int[] exact;
    private final int[] near;
    private final long rows;
    private final double weight;

    /**
     * A group with what is known of it.
     *
     * @param counts of all terms of the question
     */
    Weighed(Question.Group group, Map<String, Long> frequencies, long size, Counts counts) {
        this.group = group;
        this.exact = places(group.terms(), counts);
        this.near = places(group.near(), counts);
        long sum = 0;
        for (String term : group.all()) {
            sum += frequencies.getOrDefault(term, 0L);
        }
        this.rows = Math.min(sum, size);
        this.weight = group.weight() * Math.log(1 + (size + 0.5) / (rows + 0.5));
    }

    Question.Group group() {
        return group;
    }

    /** Its terms that some row has. */
    List<String> known(Map<String, Long> frequencies) {
        return group.all().stream().filter(frequencies::containsKey).toList();
    }

    /** In how many rows it is, at most. */
    long rows() {
        return rows;
    }

    /** How much it says, the more the fewer rows have it. */
    double weight() {
        return weight;
    }

    /** How often the text has it that was counted. */
    double count(Counts counts) {
        double count = most(counts, exact);
        return count > 0 ? count : NEAR * most(counts, near);
    }

    private static double most(Counts counts, int[] places) {
        double most = 0;
        for (int place : places) {
            most = Math.max(most, counts.at(place));
        }
        return most;
    }

    private static int[] places(List<String> terms, Counts counts) {
        int[] places = new int[terms.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = counts.place(terms.get(i).hashCode());
        }
        return places;
    }
}
