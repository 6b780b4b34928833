package dev.katra.core.memory;

import dev.katra.core.search.CutTexts;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.Searchable;
import dev.katra.core.search.TermVector;
import dev.katra.core.search.Terms;
import dev.katra.core.search.TextIndex;
import dev.katra.core.search.TextIndexes;
import java.util.List;
import org.springframework.stereotype.Component;

/** Keeps the full-text index of the memories. A method that changes something must be called inside a write. */
@Component
class MemoryIndex implements Searchable {

    private final MemoryTexts texts;
    private final TextIndex index;

    MemoryIndex(MemoryTexts texts, TextIndexes indexes) {
        this.texts = texts;
        this.index = indexes.of(MemoryTexts.NAME);
    }

    @Override
    public MemoryTexts texts() {
        return texts;
    }

    TextIndex terms() {
        return index;
    }

    /** Indexes a memory that was stored with its terms. */
    void add(long number, Terms terms) {
        index.add(number, terms);
    }

    /** Indexes a stored memory, and stores its terms. */
    void put(long number, Terms terms) {
        index.add(number, terms);
        texts.storeTerms(number, TermVector.of(number, terms));
    }

    /** Indexes a memory again that was removed from the index, unless it still waits to be indexed. */
    void putAgain(long number, Terms terms) {
        if (index.isIndexed(number)) {
            put(number, terms);
        }
    }

    @Override
    public void index(long number, Terms terms) {
        texts.storeMissingHash(number);
        put(number, terms);
    }

    /** Removes the next part of a memory from the index, and returns true once all is removed. */
    boolean remove(long number, List<Terms> parts) {
        boolean out = index.remove(number, parts);
        if (out) {
            texts.storeTerms(number, null);
        }
        return out;
    }

    /** Indexes a memory whole again if a part of it is removed, and returns true once that is done. */
    boolean restore(long number, CutTexts cut) {
        return texts.row(number)
                .map(memory -> index.restore(number, memory.text(), cut))
                .orElse(true);
    }

    /** Returns what the index shall hold of a memory. */
    IndexedText text(long number) {
        return texts.row(number).orElseThrow().text();
    }
}
