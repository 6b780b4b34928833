package dev.katra.core.memory;

import dev.katra.core.text.Age;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names a memory that says otherwise than another one.
 *
 * @param author the name of its author
 * @param at when somebody marked the two
 */
public record Contradiction(long number, String author, Instant at) {

    /** Returns contradictions in words: "#34 of Sam, 2h ago", and a comma before the next one. */
    public static String text(List<Contradiction> contradictions, Instant now) {
        return contradictions.stream()
                .map(each -> "#" + each.number + " of " + each.author + ", " + Age.of(each.at, now) + " ago")
                .collect(Collectors.joining(", "));
    }

    /** Returns contradicted memories in words: "#12 of Ann", and a comma before the next one. */
    public static String names(List<Contradiction> contradictions) {
        return contradictions.stream()
                .map(each -> "#" + each.number + " of " + each.author)
                .collect(Collectors.joining(", "));
    }
}
