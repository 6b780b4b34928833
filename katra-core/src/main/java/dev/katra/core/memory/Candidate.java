package dev.katra.core.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory on its way through the ranking. */
final class Candidate {

    /**
     * What the ranking looks at besides the words.
     *
     * @param saidAt first, or again
     */
    record Row(
            long id,
            long personaId,
            int importance,
            Instant saidAt,
            @Nullable Long previousId,
            @Nullable Long supersededBy,
            int confirmations) {}

    private final Row row;
    private final List<String> why = new ArrayList<>();
    private double words;
    private double coverage;
    private double cosine;
    private double score;

    Candidate(Row row) {
        this.row = row;
    }

    Row row() {
        return row;
    }

    List<String> why() {
        return why;
    }

    void because(String reason) {
        if (!why.contains(reason)) {
            why.add(reason);
        }
    }

    double words() {
        return words;
    }

    double coverage() {
        return coverage;
    }

    void words(double value, double share) {
        words = value;
        coverage = share;
    }

    double cosine() {
        return cosine;
    }

    void cosine(double value) {
        cosine = value;
    }

    double score() {
        return score;
    }

    void score(double value) {
        score = value;
    }
}
