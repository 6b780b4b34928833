package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Selects rows of an index by their filter terms.
 *
 * @param all lists of filter terms; a row must have at least one of each list
 * @param hidden the filter term of rows that not everyone may see; null if the viewer may see all
 * @param shown the filter term of those hidden rows that the viewer may see; null if there are none
 */
public record IndexFilter(
        List<List<String>> all,
        @Nullable String hidden,
        @Nullable String shown) {

    /** The filter that selects every row. */
    public static final IndexFilter NONE = new IndexFilter(List.of(), null, null);

    public IndexFilter {
        all = all.stream().map(List::copyOf).toList();
    }

    /** Returns whether the filter leaves out rows that anyone may see. */
    public boolean narrows() {
        return !all.isEmpty();
    }

    List<String> terms() {
        List<String> marks = new ArrayList<>();
        all.forEach(marks::addAll);
        if (hidden != null) {
            marks.add(hidden);
        }
        if (shown != null) {
            marks.add(shown);
        }
        return marks;
    }

    /** Returns whether the index has rows that not everyone may see. */
    boolean hidesSome(Map<String, Long> frequencies) {
        return hidden != null && frequencies.containsKey(hidden);
    }

    /** Returns whether the viewer may not see the row. */
    boolean hides(TermVector document) {
        return hidden != null && document.hasFilterTerm(hidden) && (shown == null || !document.hasFilterTerm(shown));
    }

    /** Returns the FTS5 expression for the rows that match {@code words} and this filter. */
    String expression(String words, Map<String, Long> frequencies) {
        String narrowed = all.stream()
                .map(marks -> " AND " + anyOf(marks))
                .collect(Collectors.joining("", "(" + words + ")", ""));
        if (hidden == null || !hidesSome(frequencies)) {
            return narrowed;
        }
        String open = "((" + narrowed + ") NOT " + quoted(hidden) + ")";
        return shown == null || !frequencies.containsKey(shown)
                ? open
                : open + " OR (" + narrowed + " AND " + quoted(shown) + ")";
    }

    /** Returns the FTS5 expression for the rows that have any of these terms. */
    public static String anyOf(List<String> terms) {
        return terms.stream().map(IndexFilter::quoted).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Quotes a term, for raw text is FTS5 syntax, on which C++ or a-b fail; terms have no quotes. */
    private static String quoted(String term) {
        return '"' + term + '"';
    }
}
