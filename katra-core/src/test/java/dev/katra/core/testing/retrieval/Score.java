package dev.katra.core.testing.retrieval;

import java.util.List;

/**
 * How well questions were answered.
 *
 * @param hit1 the share whose first answer was right
 * @param hit5 the share with a right one among the first five
 * @param mrr the mean of 1 / place of the first right one among the first ten
 */
public record Score(int questions, double hit1, double hit5, double mrr) {

    static Score of(List<Integer> ranks) {
        return new Score(
                ranks.size(),
                ranks.stream().mapToInt(rank -> rank == 1 ? 1 : 0).average().orElse(0),
                ranks.stream()
                        .mapToInt(rank -> rank >= 1 && rank <= 5 ? 1 : 0)
                        .average()
                        .orElse(0),
                ranks.stream()
                        .mapToDouble(rank -> rank == 0 ? 0 : 1.0 / rank)
                        .average()
                        .orElse(0));
    }
}
