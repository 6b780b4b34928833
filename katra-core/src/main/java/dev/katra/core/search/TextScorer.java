package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores texts for one question, by how often they have its words, how rare these are, and how long the text is; a long
 * text by its best passage, so that what it says elsewhere neither lowers nor raises it. It is used for one text after the other, by one thread.
 */
final class TextScorer {

    private static final double K1 = 1.6;

    /** The share of a text's norm that its length decides. */
    private static final double B = 0.95;

    /**
     * The number of words by which each text counts as longer than it is: where texts have a line or two, one of three
     * words is not worth much more than one of twenty.
     */
    private static final double ADDED_WORDS = 20;

    /** The number of words of a passage. */
    private static final int PASSAGE = 80;

    /** The share of a score, before the square root is taken, that a text keeps with next to nothing of the question. */
    private static final double MIN_COVERAGE_FACTOR = 0.1;

    private final List<WeightedGroup> groups;
    private final double weight;
    private final double averageLength;
    private final double passageNorm;
    private final TermCounts counts;
    private double best;

    /**
     * Creates a scorer.
     *
     * @param groups the groups of the question that some text has
     * @param weight the weight of the groups that a text must have to cover the question
     * @param averageLength the average length of the texts, in words
     * @param counts the counts of the question's terms
     */
    TextScorer(List<WeightedGroup> groups, double weight, double averageLength, TermCounts counts) {
        this.groups = groups;
        this.weight = weight;
        this.averageLength = averageLength;
        this.passageNorm = norm(PASSAGE, Math.min(PASSAGE, averageLength));
        this.counts = counts;
    }

    /** Returns how well the text matches; with a score of 0 it has no term of the question. */
    TextSearch.Match match(TermVector text) {
        counts.countTerms(text);
        double found = 0;
        List<String> why = new ArrayList<>(groups.size());
        for (WeightedGroup group : groups) {
            if (group.count(counts) > 0) {
                found += group.weight();
                String word = group.group().original();
                if (!why.contains(word)) {
                    why.add(word);
                }
            }
        }
        return found == 0
                ? new TextSearch.Match(text.id(), 0, 0, why)
                : new TextSearch.Match(text.id(), score(text), Math.min(1, found / weight), why);
    }

    /** Returns the score of the text that was counted last. */
    private double score(TermVector text) {
        if (text.wordCount() <= PASSAGE) {
            return score(norm(text.wordCount(), averageLength));
        }
        best = 0;
        text.countPassages(counts, PASSAGE, () -> best = Math.max(best, score(passageNorm)));
        return best;
    }

    private static double norm(double words, double averageLength) {
        return K1 * (1 - B + B * (words + ADDED_WORDS) / (averageLength + ADDED_WORDS));
    }

    private double score(double norm) {
        double found = 0;
        double score = 0;
        for (WeightedGroup group : groups) {
            double count = group.count(counts);
            if (count > 0) {
                found += group.weight();
                score += group.weight() * count / (count + norm);
            }
        }
        return score / weight * Math.sqrt(MIN_COVERAGE_FACTOR + Math.min(1, found / weight));
    }
}
