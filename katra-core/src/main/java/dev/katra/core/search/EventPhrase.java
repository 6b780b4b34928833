package dev.katra.core.search;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names an event before or after which a question asks, in English or German: before the release, since the migration to
 * Postgres, vor dem Umzug. Whether it happened, and when, is for somebody else to find.
 *
 * @param phrase the words that name it and the relation to it, as they stand in the question
 * @param at the index of the phrase in the question
 * @param before whether what was before it is asked for; false for what was after it
 * @param words the words of the event, such as Postgres and migration
 * @param noun the one that says what it is, such as migration, in lower case
 */
public record EventPhrase(String phrase, int at, boolean before, List<String> words, String noun) {

    /** The length, in characters, from which a text is taken for a log or a letter. */
    private static final int MAX_CHARACTERS = 400;

    private static final String NO_VERB =
            "(?!(?:is|are|was|were|has|had|have|been|can|will|gets?|got|ist|sind|hat|wird)(?![\\p{L}\\d]))";

    private static final String NOUN =
            "((?:" + NO_VERB + "[\\p{L}\\d][\\p{L}\\d.+-]* ){0,2}?)" + NO_VERB + "(\\p{L}[\\p{L}-]{2,})";

    private static final Pattern ENGLISH = pattern("(before|after|since) (?:the|our)(?: last| latest)? " + NOUN
            + "(?: (?:to|of|from) ([\\p{L}\\d.+-]*[\\p{L}\\d]))?(?=\\s*(?:$|[?.!,;:)]| (?:on|in|at|for|by|with|did|do|does|how"
            + "|what|which|who|where|why|and)(?![\\p{L}\\d])))");

    private static final Pattern GERMAN = pattern("(vor|nach|seit) (?:dem|der|unserem|unserer)(?: letzten)? " + NOUN
            + "(?: (?:auf|zu|von) ([\\p{L}\\d.+-]*[\\p{L}\\d]))?(?=\\s*(?:$|[?.!,;:)]| (?:auf|bei|für|in|mit|und|war|waren|hat"
            + "|haben|hatten|galt|lief|gab|wurde|wurden)(?![\\p{L}\\d])))");

    private static final Set<String> BEFORE = Set.of("before", "vor");

    public EventPhrase {
        words = List.copyOf(words);
    }

    private static Pattern pattern(String text) {
        return Pattern.compile("(?<![\\p{L}\\d])" + text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** Returns the first event that a question names in this way; none if it is so long that it is a log or a letter. */
    public static Optional<EventPhrase> findIn(String question) {
        if (question.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        return Stream.of(ENGLISH, GERMAN)
                .map(pattern -> pattern.matcher(question))
                .filter(Matcher::find)
                .map(EventPhrase::of)
                .findFirst();
    }

    private static EventPhrase of(Matcher found) {
        String noun = found.group(3).toLowerCase(Locale.ROOT);
        String with = found.group(2) + " " + (found.group(4) == null ? "" : found.group(4));
        return new EventPhrase(
                found.group(),
                found.start(),
                BEFORE.contains(found.group(1).toLowerCase(Locale.ROOT)),
                Stream.concat(Stream.of(noun), Stream.of(with.strip().split("\\s+")))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                noun);
    }

    /** Returns the question without the phrase. */
    String without(String question) {
        return question.substring(0, at) + " " + question.substring(at + phrase.length());
    }

    /** Returns the terms of the event's words, all of which a text has that speaks of it. */
    public Set<String> terms() {
        return new HashSet<>(
                Terms.of(String.join(" ", words), List.of(), List.of()).content());
    }
}
