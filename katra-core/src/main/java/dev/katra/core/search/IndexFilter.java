package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Returns the same filter without the terms of hidden rows, as far as no row has them. */
    IndexFilter withoutUnknown(Map<String, Long> frequencies) {
        return new IndexFilter(
                all,
                hidesSome(frequencies) ? hidden : null,
                shown != null && frequencies.containsKey(shown) ? shown : null);
    }
}
