package dev.katra.core.search;

import dev.katra.core.text.TimePhrase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a question and what its words say of the texts besides their contents.
 *
 * @param authors the ids of the personas that the question names, by their names
 * @param time the time that the question speaks of; null if there is none
 */
public record QuestionReading(
        Question question,
        Map<String, Long> authors,
        @Nullable AskedTime time) {

    public QuestionReading {
        authors = Collections.unmodifiableMap(new LinkedHashMap<>(authors));
    }

    /**
     * Holds the time that a question speaks of.
     *
     * @param phrase the words that name it, as a match tells of them
     * @param from the moment at which it begins
     * @param until the moment at which it is over
     */
    public record AskedTime(String phrase, Instant from, Instant until) {

        /** Returns whether the moment belongs to it. */
        public boolean contains(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    /** Tells when an event happened that a question names. */
    @FunctionalInterface
    public interface Events {

        /** Knows of no event. */
        Events UNKNOWN = event -> Optional.empty();

        /** Returns the time of the last moment at which it happened; empty if nothing clearly says that it did. */
        Optional<Instant> when(EventPhrase event);
    }

    /** Reads a question without asking when an event happened. */
    public static QuestionReading of(
            String text, Instant now, ZoneId zone, Function<Set<String>, Map<String, Long>> personas) {
        return of(text, now, zone, personas, Events.UNKNOWN);
    }

    /**
     * Reads a question.
     *
     * @param now the moment from which a time such as yesterday is counted
     * @param zone the zone in which a day begins and ends
     * @param personas returns the ids of those personas that have one of the given names, by their names
     * @param events asked for an event that the question names, if it names no other time; if it happened at no known time,
     *     its words are words as others
     */
    public static QuestionReading of(
            String text, Instant now, ZoneId zone, Function<Set<String>, Map<String, Long>> personas, Events events) {
        TimePhrase phrase = TimePhrase.findIn(text, now, zone).orElse(null);
        Question question = phrase == null ? Question.of(text) : Question.ofTime(phrase.without(text), phrase.phrase());
        AskedTime time = null;
        if (phrase != null) {
            time = new AskedTime(phrase.phrase(), phrase.from(zone), phrase.until(zone));
            question = question.withFilterTerms(phrase.phrase(), FilterTerms.time(phrase, zone), beside(phrase, zone));
        }
        EventPhrase event = phrase == null ? EventPhrase.findIn(text).orElse(null) : null;
        Instant happened = event == null ? null : events.when(event).orElse(null);
        if (event != null && happened != null) {
            time = event.before()
                    ? new AskedTime(event.phrase(), Instant.EPOCH, happened)
                    : new AskedTime(event.phrase(), happened.plusMillis(1), now.plusMillis(1));
            question = Question.ofTime(event.without(text), event.phrase());
        }
        Map<String, Long> authors = personas.apply(question.possibleNames());
        for (Map.Entry<String, Long> named : authors.entrySet()) {
            question = question.withName(named.getKey(), FilterTerms.author(named.getValue()));
        }
        return new QuestionReading(question, authors, time);
    }

    /**
     * Returns whether the question speaks of a time from which a text is, and takes the phrase for it from the reasons.
     *
     * @param why the reasons for which the text was found
     * @param at when the text was written or said again
     * @param again whether it was said before too, of which the index knows the day
     */
    public boolean isOfTime(List<String> why, Instant at, boolean again) {
        if (time == null) {
            return false;
        }
        boolean nearby = why.remove(time.phrase());
        return time.contains(at) || (nearby && again);
    }

    /** Returns the filter terms of what is about as old: who asks for a day may be wrong by one. */
    private static List<String> beside(TimePhrase phrase, ZoneId zone) {
        return phrase.isDay() ? FilterTerms.daysBeside(phrase, zone) : List.of();
    }
}
