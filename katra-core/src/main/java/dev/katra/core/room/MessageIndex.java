package dev.katra.core.room;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.search.TextIndexes;
import dev.katra.core.search.TextSearch;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the full-text index of the messages, and searches it. */
@Component
class MessageIndex implements Searchable {

    /**
     * The number of messages whose term vectors are cached: 34 MB with the largest number of terms. They are fewer than
     * memories and longer, and their terms are not stored.
     */
    private static final int CACHED_VECTORS = 1 << 12;

    private static final int MAX_CACHED_TERMS = 2_048;

    private final MessageTexts texts;
    private final TextIndex index;
    private final TextSearch search;

    MessageIndex(MessageTexts texts, TextIndexes indexes) {
        this.texts = texts;
        this.index = indexes.of(MessageTexts.NAME);
        this.search = new TextSearch(index, this::documents, CACHED_VECTORS, MAX_CACHED_TERMS);
    }

    @Override
    public MessageTexts texts() {
        return texts;
    }

    TextSearch search() {
        return search;
    }

    /** Adds a message, whose text was analysed before. Must be called inside a write. */
    void add(Message message, Terms words, Collection<Long> addressees) {
        index(
                message.id(),
                message.toRoom()
                        ? words
                        : words.withFilterTerms(MessageTexts.addresseeTerms(message.personaId(), addressees)));
    }

    @Override
    public void index(long id, Terms terms) {
        index.add(id, terms);
    }

    /**
     * Removes the next part of a message, and returns true once all is removed. Must be called inside a write; after
     * that the search must drop the message from its cache.
     */
    boolean remove(StoredTexts.Row message, CutTexts cut) {
        return index.remove(message.id(), cut.parts(message.text()));
    }

    /** Indexes a message whole again if a part of it is removed, and returns true once that is done. */
    boolean restore(StoredTexts.Row message, CutTexts cut) {
        return index.restore(message.id(), message.text(), cut);
    }

    /** Returns whether the index has that message; false for one that waits to be indexed. */
    boolean isIndexed(long number) {
        return index.isIndexed(number);
    }

    /** Analyses their texts again, which takes a while. */
    private List<TermVector> documents(Collection<Long> numbers) {
        return texts.rows(numbers).stream()
                .map(each -> TermVector.of(each.id(), each.text().terms()))
                .toList();
    }
}
