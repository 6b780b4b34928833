package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Holds a question as groups of terms, analysed as the texts are. */
public final class Question {

    /** The largest number of groups of terms that are used of a long question. */
    private static final int MAX_GROUPS = 240;

    private static final int MAX_CHARACTERS = 8_000;

    /** The weight of the time that a question speaks of, beside a word's 1. */
    private static final double TIME_WEIGHT = 1;

    /** The weight of a word that names the time, beside another word's 1. */
    private static final double TIME_WORD_WEIGHT = 0.6;

    private final List<TermGroup> groups;

    private Question(List<TermGroup> groups) {
        this.groups = List.copyOf(groups);
    }

    /**
     * Groups terms that mean the same: first the word as it stands in the question, then the terms of the word itself,
     * those of its synonyms, and both together.
     *
     * @param weight how much the group counts; 1 for a word
     * @param optional true if it does not count when no text has it
     * @param vague true if it fetches texts only where little else does
     */
    record TermGroup(
            String original,
            List<String> terms,
            List<String> synonyms,
            List<String> all,
            double weight,
            boolean optional,
            boolean vague) {

        TermGroup {
            terms = List.copyOf(terms);
            synonyms = List.copyOf(synonyms);
            all = List.copyOf(all);
        }

        TermGroup(
                String original,
                Collection<String> terms,
                List<String> synonyms,
                double weight,
                boolean optional,
                boolean vague) {
            this(original, List.copyOf(terms), synonyms, union(terms, synonyms), weight, optional, vague);
        }

        /** Returns an optional group of the same terms that counts as many times as much. */
        TermGroup times(double factor) {
            return new TermGroup(original, terms, synonyms, weight * factor, true, vague);
        }

        private static List<String> union(Collection<String> terms, List<String> near) {
            Set<String> all = new LinkedHashSet<>(terms);
            all.addAll(near);
            return List.copyOf(all);
        }
    }

    /** Analyses a question. */
    public static Question of(String text) {
        Map<String, TermGroup> groups = groups(text, false);
        if (groups.isEmpty()) {
            words(text).forEach(word -> groups.putIfAbsent(word.term(), group(word, StopWords.NONE)));
        }
        return new Question(groups.values().stream().limit(MAX_GROUPS).toList());
    }

    /**
     * Analyses a question that speaks of a time. Words such as work and discuss say little in it, and so do those that name
     * the time, for they may stand in a text too.
     *
     * @param rest the question without the words that name the time
     * @param phrase these words
     */
    static Question ofTime(String rest, String phrase) {
        Map<String, TermGroup> groups = groups(rest, true);
        groups(phrase, true).forEach((term, group) -> groups.putIfAbsent(term, group.times(TIME_WORD_WEIGHT)));
        return new Question(groups.values().stream().limit(MAX_GROUPS).toList());
    }

    private static List<Word> words(String text) {
        String read = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        return new Analyser()
                .words(read).stream()
                        .filter(word -> word.kind() != Word.Kind.CHARACTER)
                        .toList();
    }

    private static Map<String, TermGroup> groups(String text, boolean time) {
        List<Word> words = words(text);
        StopWords stop = StopWords.of(words, time);
        Map<String, TermGroup> groups = new LinkedHashMap<>();
        for (Word word : words) {
            if (!stop.isStop(Analyser.plain(word.original()))) {
                groups.putIfAbsent(word.term(), group(word, stop));
            }
        }
        return groups;
    }

    private static TermGroup group(Word word, StopWords stop) {
        String lower = Analyser.plain(word.original());
        Set<String> terms = new LinkedHashSet<>(List.of(word.term()));
        terms.addAll(word.variants());
        if (word.kind() == Word.Kind.PLAIN) {
            terms.add(lower.length() <= Analyser.MAX_TERM_CHARACTERS ? lower : word.term());
        }
        List<String> near =
                switch (word.kind()) {
                    case PLAIN -> Synonyms.termsOf(lower);
                    case JOINED -> Synonyms.termsOf(word.term());
                    default -> List.of();
                };
        return new TermGroup(
                word.original(),
                terms,
                near,
                weight(word, lower, stop),
                optional(word, lower, stop),
                word.kind() == Word.Kind.PREFIX);
    }

    private static double weight(Word word, String lower, StopWords stop) {
        return switch (word.kind()) {
            case PLAIN -> stop.isWeak(lower) ? 0.3 : isNumber(lower) ? 0.6 : 1;
            case PART -> 0.4;
            case JOINED -> 1;
            case PREFIX -> stop.isWeak(lower) ? 0.1 : 0.35;
            case PAIR, PICTURE -> 0.7;
            case CHARACTER -> 0;
        };
    }

    /**
     * Returns whether the word need not be in any text: numbers differ from one error to the next, and further forms
     * need not exist.
     */
    private static boolean optional(Word word, String lower, StopWords stop) {
        return word.kind() == Word.Kind.JOINED
                || word.kind() == Word.Kind.PREFIX
                || word.kind() == Word.Kind.PART
                || word.kind() == Word.Kind.PICTURE
                || isNumber(lower)
                || stop.isWeak(lower);
    }

    /** Returns whether the word is a decimal or hexadecimal number. */
    private static boolean isNumber(String lower) {
        boolean digit = false;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            digit |= c >= '0' && c <= '9';
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f') && !(c == 'x' && i == 1)) {
                return false;
            }
        }
        return digit;
    }

    /** Returns the same question, in which a name also stands for all texts with this filter term. */
    public Question withName(String name, String mark) {
        return new Question(groups.stream()
                .map(group -> Analyser.plain(group.original()).equals(Analyser.plain(name))
                        ? new TermGroup(
                                group.original(),
                                added(group.terms(), mark),
                                group.synonyms(),
                                group.weight(),
                                false,
                                false)
                        : group)
                .toList());
    }

    /**
     * Returns the same question, which prefers texts with any of these filter terms.
     *
     * @param surface the words of the question that express this, as a match tells of them
     * @param lesser filter terms that do, but count less
     */
    public Question withFilterTerms(String surface, List<String> terms, List<String> lesser) {
        List<TermGroup> all = new ArrayList<>(groups);
        all.add(new TermGroup(surface, terms, lesser, TIME_WEIGHT, true, false));
        return new Question(all);
    }

    private static List<String> added(List<String> terms, String term) {
        return Stream.concat(terms.stream(), Stream.of(term)).toList();
    }

    List<TermGroup> groups() {
        return groups;
    }

    /** Returns the words as written and in lower case, for looking up which of them are names. */
    public Set<String> possibleNames() {
        Set<String> names = new LinkedHashSet<>();
        for (TermGroup group : groups) {
            names.add(group.original());
            names.add(Analyser.plain(group.original()));
        }
        return names;
    }

    Set<String> terms() {
        Set<String> terms = new LinkedHashSet<>();
        groups.forEach(group -> terms.addAll(group.all()));
        return terms;
    }
}
