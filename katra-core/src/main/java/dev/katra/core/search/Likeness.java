package dev.katra.core.search;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells how much of their words two texts share, from 0 (nothing) to 1 (the same words). Words that say nothing do not
 * count, numbers and words that say little count less, and words of the trade that mean the same are one.
 */
public final class Likeness {

    /** The number of characters of a text that are compared: where two texts begin alike they are about one thing. */
    private static final int MAX_CHARACTERS = 4_000;

    /** The likeness from which two texts are about one thing, so that one may replace the other. */
    public static final double NEAR = 0.6;

    /** The share of terms from which two texts say nearly the same. */
    public static final double NEARLY_EQUAL = 0.6;

    private static final double LITTLE = 0.3;
    private static final double CHANGE = 0.1;
    private static final double VALUE = 0.5;

    /** Words by which a text says that something has changed, and not what. */
    private static final Set<String> CHANGED = words(
            "since now today yesterday anymore longer instead new old former formerly previously changed moved"
                    + " switched after from until seit jetzt heute gestern neu neue neuer mehr statt bisher fruher nun ab");

    /** Words that are what a text says of a thing, as numbers are, and not the thing. */
    private static final Set<String> VALUES =
            words("monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag"
                    + " samstag sonntag january february march april may june july august september october november"
                    + " december januar februar marz mai juni juli oktober dezember one two three four five six seven"
                    + " eight nine ten eins zwei drei vier funf sechs sieben acht neun zehn");

    /** Holds one word that counts: all terms that are it, and its weight. */
    private record Weighed(Set<String> terms, double weight) {}

    private final Map<String, Weighed> words;

    private Likeness(Map<String, Weighed> words) {
        this.words = words;
    }

    /** Analyses the text that others are compared to. */
    public static Likeness of(String text) {
        return new Likeness(weighed(text));
    }

    /** Returns how much this text and the other share. */
    public double to(String other) {
        Map<String, Weighed> others = weighed(other);
        double all = weight(words) + weight(others);
        return all == 0 ? 0 : (shared(words, others) + shared(others, words)) / all;
    }

    /**
     * Returns which share of their terms two texts have in common, from 0 to 1, words that say nothing included. It takes
     * about a microsecond for texts of a line or two.
     */
    public static double of(TermVector one, TermVector other) {
        return one.sharedTerms(other);
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" ", -1));
    }

    private static double weight(Map<String, Weighed> words) {
        return words.values().stream().mapToDouble(Weighed::weight).sum();
    }

    private static double shared(Map<String, Weighed> words, Map<String, Weighed> others) {
        Set<String> terms = new HashSet<>();
        others.values().forEach(each -> terms.addAll(each.terms()));
        return words.values().stream()
                .filter(each -> each.terms().stream().anyMatch(terms::contains))
                .mapToDouble(Weighed::weight)
                .sum();
    }

    private static Map<String, Weighed> weighed(String text) {
        String read = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        List<Word> all = new Analyser().words(read);
        StopWords stop = StopWords.of(all, false);
        Map<String, Weighed> words = new HashMap<>();
        for (Word word : all) {
            String plain = Analyser.plain(word.original());
            if (word.kind() != Word.Kind.PREFIX && word.kind() != Word.Kind.CHARACTER && !stop.isStop(plain)) {
                words.computeIfAbsent(word.term(), term -> new Weighed(terms(word, plain), weight(plain, stop)));
            }
        }
        return words;
    }

    private static Set<String> terms(Word word, String plain) {
        Set<String> terms = new HashSet<>(List.of(word.term()));
        terms.addAll(Synonyms.termsOf(plain));
        return terms;
    }

    private static double weight(String plain, StopWords stop) {
        return CHANGED.contains(plain) ? CHANGE : stop.isWeak(plain) ? LITTLE : isValue(plain) ? VALUE : 1;
    }

    private static boolean isValue(String plain) {
        String one = plain.endsWith("s") ? plain.substring(0, plain.length() - 1) : plain;
        return VALUES.contains(plain) || VALUES.contains(one) || plain.chars().allMatch(Character::isDigit);
    }
}
