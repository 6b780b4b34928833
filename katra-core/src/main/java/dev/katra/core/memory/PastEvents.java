package dev.katra.core.memory;

import dev.katra.core.search.EventPhrase;
import dev.katra.core.search.IndexFilter;
import dev.katra.core.search.Terms;
import dev.katra.core.text.TimePhrase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Finds when an event happened that a question names: by the newest memory with a sentence that says that it has. What may
 * happen, was planned or did not happen says nothing.
 */
@Component
class PastEvents {

    /** The number of the newest memories with the words of an event that are read. */
    private static final int MAX_READ = 20;

    private static final String DONE =
            "(?:released|shipped|out|live|finished|complete|completed|done|over|deployed|through|closed"
                    + "|successful|merged|fertig|abgeschlossen|erledigt|vorbei|durch|beendet|ausgerollt|raus|draußen|gelaufen"
                    + "|veröffentlicht)(?!\\p{L})";

    /** A term of each sentence that says that something is done, by which the index finds it. */
    private static final List<String> DONE_TERMS = List.copyOf(new HashSet<>(Terms.of(
                    "released shipped out live finished complete completed done over deployed through closed successful merged"
                            + " fertig abgeschlossen erledigt vorbei durch beendet ausgerollt raus draußen gelaufen"
                            + " veröffentlicht",
                    List.of(),
                    List.of())
            .content()));

    /** Words of a sentence that tells of something else than what has happened. */
    private static final Pattern OPEN = pattern(
            "(?<![\\p{L}])(?:not|\\p{L}+n['’]t|never|no|until|till|before|after|when|once|if|will"
                    + "|shall|should|would|could|must|plan(?:s|ned)?|tomorrow|next|going to|to be|wait(?:s|ing)?|almost|half|unless|without"
                    + "|nicht|kein\\p{L}*|wird|werden|soll|muss|bis|vor|nach|wenn|sobald|falls|morgen|geplant|ohne)(?!\\p{L})|[?？]");

    private static final Pattern SENTENCES = Pattern.compile("[!;\\n]|(?<!\\d)\\.|\\.(?!\\d)|(?<=[?？])");

    private final MemoryIndex index;
    private final CandidateRows rows;
    private final MemoryQueries stored;

    PastEvents(MemoryIndex index, CandidateRows rows, MemoryQueries stored) {
        this.index = index;
        this.rows = rows;
        this.stored = stored;
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * Returns when an event last happened, as far as the viewer may know. Must be called inside a read.
     *
     * @param viewer the id of a persona
     */
    Optional<Instant> when(EventPhrase event, long viewer, Instant now, ZoneId zone) {
        MemoryRowFilter seen = new MemoryRowFilter(viewer, null, MemoryFilter.ALL, now);
        IndexFilter rights = seen.indexFilter();
        List<List<String>> all = new ArrayList<>(rights.all());
        event.terms().forEach(term -> all.add(List.of(term)));
        List<Long> found = index.terms()
                .newest(DONE_TERMS, new IndexFilter(all, rights.hidden(), rights.shown()), Long.MAX_VALUE, MAX_READ);
        List<Long> valid = rows.find(found, seen).stream()
                .filter(row -> row.supersededBy() == null)
                .map(CandidateRow::id)
                .toList();
        return stored.details(valid).values().stream()
                .flatMap(
                        memory -> sentence(memory.body().content(), event)
                                .map(sentence -> time(sentence, memory.origin().at(), zone))
                                .stream())
                .filter(at -> !at.isAfter(now))
                .max(Comparator.naturalOrder());
    }

    /** Returns the time that a sentence of that time names, if it names one; else when it was said. */
    private static Instant time(String sentence, Instant saidAt, ZoneId zone) {
        return TimePhrase.findIn(sentence, saidAt, zone)
                .map(phrase -> phrase.until(zone).minusMillis(1))
                .filter(end -> end.isBefore(saidAt))
                .orElse(saidAt);
    }

    /** Returns the first sentence of a text that says that the event has happened. */
    static Optional<String> sentence(String text, EventPhrase event) {
        Set<String> terms = event.terms();
        int length = event.noun().length();
        String stem = event.noun().substring(0, Math.min(length, Math.max(4, length - 3)));
        String noun = "(?<!\\p{L})" + Pattern.quote(stem) + "\\p{L}{0,4}(?!\\p{L})";
        Pattern happened = pattern(noun + "(?: [^\\s,;:]+){0,4}?,? (?:is|are|was|were|has been|went|ist|sind|war|wurde)"
                + "(?: [^\\s,;:]+){0,3}? " + DONE
                + "|(?<!\\p{L})(?:finished|completed|shipped|done with)(?: [^\\s.,;:]+){0,4}? "
                + noun + "|" + noun
                + "(?: [^\\s.,;:]+){0,3}? (?:done|finished|completed|abgeschlossen|fertig)(?!\\p{L})");
        return SENTENCES
                .splitAsStream(text)
                .filter(sentence -> happened.matcher(sentence).find()
                        && !OPEN.matcher(sentence).find())
                .filter(sentence -> Set.copyOf(
                                Terms.of(sentence, List.of(), List.of()).content())
                        .containsAll(terms))
                .findFirst();
    }
}
