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

    Weighed(Question.Group group, Map<String, Long> frequencies, long size) {
        this.group = group;
        this.exact = hashes(group.terms());
        this.near = hashes(group.near());
        long sum = group.all().stream()
                .mapToLong(term -> frequencies.getOrDefault(term, 0L))
                .sum();
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

    /** How often a text has it. */
    double count(Document document) {
        double count = most(document, exact);
        return count > 0 ? count : NEAR * most(document, near);
    }

    private static double most(Document document, int[] terms) {
        double most = 0;
        for (int term : terms) {
            most = Math.max(most, document.count(term));
        }
        return most;
    }

    private static int[] hashes(List<String> terms) {
        return terms.stream().mapToInt(String::hashCode).toArray();
    }
}
