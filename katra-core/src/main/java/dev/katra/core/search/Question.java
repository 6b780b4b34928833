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
    private static final int MAX_GROUPS = 96;

    private static final int MAX_CHARACTERS = 8_000;

    /** The weight of the time that a question speaks of, beside a word's 1. */
    private static final double TIME_WEIGHT = 0.7;

    private final String text;
    private final List<TermGroup> groups;

    private Question(String text, List<TermGroup> groups) {
        this.text = text;
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

        private static List<String> union(Collection<String> terms, List<String> near) {
            Set<String> all = new LinkedHashSet<>(terms);
            all.addAll(near);
            return List.copyOf(all);
        }
    }

    /** Analyses a question. */
    public static Question of(String text) {
        return of(text, false);
    }

    /** Analyses the rest of a question that speaks of a time, in which words such as work and discuss say little. */
    static Question ofTime(String text) {
        return of(text, true);
    }

    private static Question of(String text, boolean time) {
        String read = text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS);
        List<Word> words = new Analyser().words(read);
        StopWords stop = StopWords.of(
                words.stream().map(word -> Analyser.plain(word.original())).toList(), time);
        Map<String, TermGroup> groups = new LinkedHashMap<>();
        for (Word word : words) {
            if (!stop.isStop(Analyser.plain(word.original()))) {
                groups.putIfAbsent(word.term(), group(word, stop));
            }
        }
        if (groups.isEmpty() && !time) {
            words.forEach(word -> groups.putIfAbsent(word.term(), group(word, stop)));
        }
        return new Question(text, groups.values().stream().limit(MAX_GROUPS).toList());
    }

    private static TermGroup group(Word word, StopWords stop) {
        String lower = Analyser.plain(word.original());
        Set<String> terms = new LinkedHashSet<>(List.of(word.term()));
        terms.addAll(word.variants());
        if (word.kind() == Word.Kind.PLAIN) {
            terms.add(lower.length() <= Analyser.MAX_TERM_CHARACTERS ? lower : word.term());
        }
        List<String> near = word.kind() == Word.Kind.PLAIN ? Synonyms.termsOf(lower) : List.of();
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
            case PAIR -> 0.7;
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

    /** Returns the question as it was asked. */
    public String text() {
        return text;
    }

    /** Returns the same question, in which a name also stands for all texts with this filter term. */
    public Question withName(String name, String mark) {
        return new Question(
                text,
                groups.stream()
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
        return new Question(text, all);
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
