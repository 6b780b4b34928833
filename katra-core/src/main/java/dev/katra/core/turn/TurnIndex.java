package dev.katra.core.turn;

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

/** Keeps the full-text index of the turns, and searches it. */
@Component
class TurnIndex implements Searchable {

    /** The number of turns whose term vectors are cached: 8 MB with the largest number of terms. */
    private static final int CACHED_VECTORS = 1 << 10;

    private static final int MAX_CACHED_TERMS = 2_048;

    private final TurnTexts texts;
    private final TextIndex index;
    private final TextSearch search;

    TurnIndex(TurnTexts texts, TextIndexes indexes) {
        this.texts = texts;
        this.index = indexes.of(TurnTexts.NAME);
        this.search = new TextSearch(index, this::documents, CACHED_VECTORS, MAX_CACHED_TERMS);
    }

    @Override
    public TurnTexts texts() {
        return texts;
    }

    TextSearch search() {
        return search;
    }

    @Override
    public void index(long id, Terms terms) {
        index.add(id, terms);
    }

    /** Adds a turn that has ended just now, unless it waits to be indexed. Must be called inside a write. */
    void addEnded(long id, CutTexts cut) {
        if (index.isIndexed(id)) {
            index.add(id, cut.terms(texts.row(id).orElseThrow().text()));
        }
    }

    /**
     * Removes the next part of a turn, and returns true once all is removed. Must be called inside a write; after that
     * the search must drop the turn from its cache.
     */
    boolean remove(StoredTexts.Row turn, CutTexts cut) {
        return index.remove(turn.id(), cut.parts(turn.text()));
    }

    /** Indexes a turn whole again if a part of it is removed, and returns true once that is done. */
    boolean restore(long id, CutTexts cut) {
        return texts.row(id).map(row -> index.restore(id, row.text(), cut)).orElse(true);
    }

    /** Analyses their texts again, which takes a while. */
    private List<TermVector> documents(Collection<Long> numbers) {
        return texts.rows(numbers).stream()
                .map(each -> TermVector.of(each.id(), each.text().terms()))
                .toList();
    }
}
