package dev.katra.core.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Holds the terms that an index has of a text.
 *
 * @param content the terms of its words
 * @param meta filter terms, which say who wrote it, what kind it is and when, and the terms of its metadata
 * @param forms the terms of further forms of its words
 */
public record Terms(List<String> content, List<String> meta, List<String> forms) {

    /**
     * The number of terms that an index gives up in some 5 ms: it looks for each of them, and writes its page again. Raise
     * {@link Analyser#VERSION} with it, because a row that is partly removed is continued by the number of its parts.
     */
    static final int PART = 128;

    public Terms {
        content = List.copyOf(content);
        meta = List.copyOf(meta);
        forms = List.copyOf(forms);
    }

    /**
     * Analyses a text into its terms.
     *
     * @param around metadata by which to find it, such as its author's name
     * @param marks filter terms; they have a {@code _}, which no word has
     */
    public static Terms of(String text, List<String> around, List<String> marks) {
        Analyser analyser = new Analyser();
        List<String> content = new ArrayList<>();
        List<String> code = new ArrayList<>();
        for (Word word : analyser.words(text)) {
            if (word.kind() == Word.Kind.PLAIN) {
                content.add(word.term());
            } else {
                code.add(word.term());
            }
            code.addAll(word.variants());
        }
        List<String> about = new ArrayList<>(marks);
        for (String words : around) {
            for (Word word : analyser.words(words)) {
                about.add(word.term());
                about.addAll(word.variants());
            }
        }
        return new Terms(content, about, code);
    }

    /**
     * Returns the same terms in parts, each of which an index gives up in a moment. All occurrences of a term are in one
     * part. The terms of the metadata are in the last one, wherever else they occur: they may change while a row is
     * removed, as the addressees of a message do, and the parts before must not change with them.
     */
    List<Terms> parts() {
        if (content.size() + forms.size() <= PART) {
            return List.of(this);
        }
        TreeSet<String> inOrder = new TreeSet<>(content);
        inOrder.addAll(forms);
        meta.forEach(inOrder::remove);
        Map<String, Integer> ranks = new HashMap<>();
        inOrder.forEach(term -> ranks.put(term, ranks.size()));
        int last = (ranks.size() + PART - 1) / PART;
        Map<Integer, List<String>> contents = byPart(content, ranks, last);
        Map<Integer, List<String>> codes = byPart(forms, ranks, last);
        return IntStream.rangeClosed(0, last)
                .mapToObj(part -> new Terms(
                        contents.getOrDefault(part, List.of()),
                        part == last ? meta : List.of(),
                        codes.getOrDefault(part, List.of())))
                .toList();
    }

    private static Map<Integer, List<String>> byPart(List<String> terms, Map<String, Integer> ranks, int last) {
        return terms.stream().collect(Collectors.groupingBy(term -> {
            Integer rank = ranks.get(term);
            return rank == null ? last : rank / PART;
        }));
    }

    /** Returns the same terms with more filter terms. */
    public Terms withFilterTerms(List<String> marks) {
        List<String> all = new ArrayList<>(meta);
        all.addAll(marks);
        return new Terms(content, all, forms);
    }
}
