package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an index count, by their marks.
 *
 * @param all of each of these lists, one mark
 * @param hidden the mark of what not everyone sees; null if all is to be seen
 * @param shown the mark of what the viewer sees of that
 */
public record Filter(
        List<List<String>> all,
        @Nullable String hidden,
        @Nullable String shown) {

    /** All rows. */
    public static final Filter NONE = new Filter(List.of(), null, null);

    public Filter {
        all = all.stream().map(List::copyOf).toList();
    }

    /** True if it leaves rows out that anyone may see. */
    public boolean narrows() {
        return !all.isEmpty();
    }

    List<String> marks() {
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

    /** Whether there is anything that not everyone sees. */
    boolean hidesSome(Map<String, Long> frequencies) {
        return hidden != null && frequencies.containsKey(hidden);
    }

    /** True for what the viewer does not see. */
    boolean hides(Document document) {
        return hidden != null && document.marked(hidden) && (shown == null || !document.marked(shown));
    }

    /** The expression for the rows that fulfil this one as well. */
    String of(String words, Map<String, Long> frequencies) {
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

    /** The expression for what fulfils this alone. */
    public static String anyOf(List<String> terms) {
        return terms.stream().map(Filter::quoted).collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** Raw text is FTS5 syntax, on which C++ or a-b fail; terms have no quotes. */
    private static String quoted(String term) {
        return '"' + term + '"';
    }
}
