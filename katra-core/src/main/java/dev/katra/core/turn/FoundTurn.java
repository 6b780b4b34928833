package dev.katra.core.turn;

import java.util.List;

/**
 * Holds one past turn that matches a question.
 *
 * @param score the score, which can be compared within one answer
 * @param why the words of the question that it has, as the question wrote them; "author" or "date" if these matched
 */
public record FoundTurn(PastTurn turn, double score, List<String> why) {

    public FoundTurn {
        why = List.copyOf(why);
    }
}
