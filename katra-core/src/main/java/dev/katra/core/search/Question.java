package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody looks for, cut as the texts are. */
public final class Question {

    /** More of a long text than this is not looked at. */
    private static final int MOST_GROUPS = 96;

    private static final int MOST_CHARACTERS = 8_000;

    private final String text;
    private final List<Group> groups;

    private Question(String text, List<Group> groups) {
        this.text = text;
        this.groups = List.copyOf(groups);
    }

    /**
     * Terms that mean the same.
     *
     * @param surface as the question has it
     * @param near other words for it
     * @param all both
     * @param weight how much it says, 1 for a word
     * @param optional true if it says nothing when no text has it
     * @param vague true if it fetches texts only where little else does
     */
    record Group(
            String surface,
            List<String> terms,
            List<String> near,
            List<String> all,
            double weight,
            boolean optional,
            boolean vague) {

        Group {
            terms = List.copyOf(terms);
            near = List.copyOf(near);
            all = List.copyOf(all);
        }

        Group(
                String surface,
                Collection<String> terms,
                List<String> near,
                double weight,
                boolean optional,
                boolean vague) {
            this(surface, List.copyOf(terms), near, union(terms, near), weight, optional, vague);
        }

        private static List<String> union(Collection<String> terms, List<String> near) {
            Set<String> all = new LinkedHashSet<>(terms);
            all.addAll(near);
            return List.copyOf(all);
        }
    }

    /** Reads a question. */
    public static Question of(String text) {
        String read = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
        List<Word> words = new Analyser().words(read);
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Word word : words) {
            if (!StopWords.isStop(Analyser.plain(word.surface()))) {
                groups.putIfAbsent(word.term(), group(word));
            }
        }
        if (groups.isEmpty()) {
            words.forEach(word -> groups.putIfAbsent(word.term(), group(word)));
        }
        return new Question(text, groups.values().stream().limit(MOST_GROUPS).toList());
    }

    private static Group group(Word word) {
        String lower = Analyser.plain(word.surface());
        Set<String> terms = new LinkedHashSet<>(List.of(word.term()));
        terms.addAll(word.variants());
        if (word.kind() == Word.Kind.PLAIN) {
            terms.add(lower.length() <= Analyser.LONGEST_TERM ? lower : word.term());
        }
        List<String> near = word.kind() == Word.Kind.PLAIN ? Synonyms.of(lower) : List.of();
        return new Group(
                word.surface(),
                terms,
                near,
                weight(word, lower),
                optional(word, lower),
                word.kind() == Word.Kind.BEGINNING);
    }

    private static double weight(Word word, String lower) {
        return switch (word.kind()) {
            case PLAIN -> StopWords.isWeak(lower) ? 0.3 : isNumber(lower) ? 0.6 : 1;
            case PART -> 0.4;
            case JOINED -> 1;
            case BEGINNING -> StopWords.isWeak(lower) ? 0.1 : 0.35;
            case PAIR -> 0.7;
        };
    }

    /** Numbers differ from one error to the next, and forms need not be there. */
    private static boolean optional(Word word, String lower) {
        return word.kind() == Word.Kind.JOINED
                || word.kind() == Word.Kind.BEGINNING
                || word.kind() == Word.Kind.PART
                || isNumber(lower)
                || StopWords.isWeak(lower);
    }

    /** Decimal or hexadecimal. */
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

    /** As it was asked. */
    public String text() {
        return text;
    }

    /** The same where a name also stands for all that has this mark. */
    public Question named(String name, String mark) {
        return new Question(
                text,
                groups.stream()
                        .map(group -> Analyser.plain(group.surface()).equals(Analyser.plain(name))
                                ? new Group(
                                        group.surface(),
                                        added(group.terms(), mark),
                                        group.near(),
                                        group.weight(),
                                        false,
                                        false)
                                : group)
                        .toList());
    }

    /** The same, and texts with any of these marks are rather meant; these words say so and nothing else. */
    public Question marked(String surface, List<String> marks, Collection<String> words) {
        Set<String> consumed = words.stream().map(Analyser::plain).collect(Collectors.toSet());
        List<Group> all = groups.stream()
                .filter(group -> !consumed.contains(Analyser.plain(group.surface())))
                .collect(Collectors.toCollection(ArrayList::new));
        all.add(new Group(surface, marks, List.of(), 0.7, true, false));
        return new Question(text, all);
    }

    private static List<String> added(List<String> terms, String term) {
        return Stream.concat(terms.stream(), Stream.of(term)).toList();
    }

    List<Group> groups() {
        return groups;
    }

    /** The words in lower case, for looking up what has a name. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Group group : groups) {
            names.add(group.surface());
            names.add(Analyser.plain(group.surface()));
        }
        return names;
    }

    Set<String> terms() {
        Set<String> terms = new LinkedHashSet<>();
        groups.forEach(group -> terms.addAll(group.all()));
        return terms;
    }
}
