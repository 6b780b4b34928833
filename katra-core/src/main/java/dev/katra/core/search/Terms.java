package dev.katra.core.search;

import java.util.ArrayList;
import java.util.List;

/**
 * What an index holds of a text.
 *
 * @param content its words
 * @param about who, what kind and when, as marks that are no words, and the words of what stands around the text
 * @param code further forms of its words
 */
public record Terms(List<String> content, List<String> about, List<String> code) {

    public Terms {
        content = List.copyOf(content);
        about = List.copyOf(about);
        code = List.copyOf(code);
    }

    /**
     * Cuts a text into its terms.
     *
     * @param around words to find it by besides, such as its author's name
     * @param marks terms as they are; with a {@code _}, which no word has
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

    /** The same with more marks. */
    public Terms marked(List<String> marks) {
        List<String> all = new ArrayList<>(about);
        all.addAll(marks);
        return new Terms(content, all, code);
    }
}
