package dev.katra.core.search;

import java.util.List;

/**
 * Holds a text with all that an index knows of it. Equal ones have the same terms.
 *
 * @param content what it says
 * @param around words to find it by besides, such as its author's name
 * @param marks terms as they are; with a {@code _}, which no word has
 * @param readers the marks of those who alone may read it; empty if all may, or if the marks say it
 */
public record IndexedText(String content, List<String> around, List<String> marks, List<String> readers) {

    public IndexedText {
        around = List.copyOf(around);
        marks = List.copyOf(marks);
        readers = List.copyOf(readers);
    }

    /** Returns the terms. A text of 64 KiB takes longer to analyse than a write may take. */
    public Terms terms() {
        Terms terms = Terms.of(content, around, marks);
        return readers.isEmpty() ? terms : terms.withFilterTerms(readers);
    }
}
