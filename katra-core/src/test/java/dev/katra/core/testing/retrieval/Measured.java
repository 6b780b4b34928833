package dev.katra.core.testing.retrieval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a ranking made of one half of the questions.
 *
 * @param all over every question that has an answer
 * @param types the same for each class of them
 * @param silent how many of the questions without an answer found nothing
 * @param unanswerable how many of these there are
 * @param misses what the questions found whose answer is not among the first five
 * @param leaked keys of private memories that were found by another
 */
public record Measured(
        String ranking,
        RetrievalSet.Half half,
        Score all,
        Map<String, Score> types,
        int silent,
        int unanswerable,
        List<String> misses,
        List<String> leaked) {

    /** The same over the questions of some classes. */
    public Score over(Predicate<String> classes) {
        List<Score> scores = types.entrySet().stream()
                .filter(type -> classes.test(type.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        int questions = scores.stream().mapToInt(Score::questions).sum();
        return new Score(
                questions,
                mean(scores, questions, Score::hit1),
                mean(scores, questions, Score::hit5),
                mean(scores, questions, Score::mrr));
    }

    private static double mean(List<Score> scores, int questions, ToDoubleFunction<Score> share) {
        double sum = scores.stream()
                .mapToDouble(score -> score.questions() * share.applyAsDouble(score))
                .sum();
        return sum / Math.max(1, questions);
    }

    /** Asks every question of that half. */
    public static Measured of(String name, RetrievalRanking ranking, RetrievalSet.Half half) {
        Map<String, List<Integer>> ranks = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>();
        List<String> misses = new ArrayList<>();
        List<String> leaked = new ArrayList<>();
        int silent = 0;
        int unanswerable = 0;
        for (RetrievalQuestion question : half.questions()) {
            List<String> found = ranking.find(question);
            if (question.answerable()) {
                int rank = question.rank(found);
                all.add(rank);
                if (rank == 0 || rank > 5) {
                    misses.add(question.id() + ": " + question.text() + "\n  wanted " + question.expected()
                            + "\n  found " + found);
                }
                ranks.computeIfAbsent(question.type(), type -> new ArrayList<>())
                        .add(rank);
            } else if (question.forbidden().isEmpty()) {
                unanswerable++;
                silent += found.isEmpty() ? 1 : 0;
            }
            question.forbidden().stream().filter(found::contains).forEach(leaked::add);
        }
        Map<String, Score> types = new LinkedHashMap<>();
        ranks.forEach((type, each) -> types.put(type, Score.of(each)));
        return new Measured(name, half, Score.of(all), types, silent, unanswerable, misses, leaked);
    }
}
