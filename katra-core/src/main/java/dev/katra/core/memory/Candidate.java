package dev.katra.core.memory;

import java.util.ArrayList;
import java.util.List;

/** Carries one memory through the ranking: what was read of it, its scores, and the reasons why it was found. */
final class Candidate {

    private final CandidateRow row;
    private final List<String> why = new ArrayList<>();
    private double words;
    private double coverage;
    private double nearness;
    private double score;

    Candidate(CandidateRow row) {
        this.row = row;
    }

    CandidateRow row() {
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

    double nearness() {
        return nearness;
    }

    void nearness(double value) {
        nearness = value;
    }

    double score() {
        return score;
    }

    void score(double value) {
        score = value;
    }
}
