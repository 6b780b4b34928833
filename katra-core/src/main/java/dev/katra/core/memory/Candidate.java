package dev.katra.core.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries one memory through the ranking: what was read of it, its scores, and the reasons why it was found. */
final class Candidate {

    /**
     * Holds the columns of a memory that the ranking uses besides its terms.
     *
     * @param saidAt when it was said the last time: first, or again
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

    void addReason(String reason) {
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
