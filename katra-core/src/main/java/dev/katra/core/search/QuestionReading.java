package dev.katra.core.search;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A QuestionReading holds a question and what its words say of the texts besides their contents.
 *
 * @param authors the ids of the personas that the question names, by their names
 * @param when the time that the question speaks of, as a match names it; empty if there is none
 */
public record QuestionReading(Question question, Map<String, Long> authors, String when) {

    public QuestionReading {
        authors = Collections.unmodifiableMap(new LinkedHashMap<>(authors));
    }

    /**
     * Reads a question.
     *
     * @param now the moment from which a time such as yesterday is counted
     * @param personas returns the ids of those personas that have one of the given names, by their names
     */
    public static QuestionReading of(String text, Instant now, Function<Set<String>, Map<String, Long>> personas) {
        Optional<TimePhrase> time = TimePhrase.findIn(text, now);
        Question question = Question.of(text);
        if (time.isPresent()) {
            question = question.withFilterTerms(
                    time.get().original(),
                    FilterTerms.time(time.get()),
                    time.get().words());
        }
        Map<String, Long> authors = personas.apply(question.possibleNames());
        for (Map.Entry<String, Long> named : authors.entrySet()) {
            question = question.withName(named.getKey(), FilterTerms.author(named.getValue()));
        }
        return new QuestionReading(
                question, authors, time.map(TimePhrase::original).orElse(""));
    }
}
