package dev.katra.core.turn;

import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.StoredTexts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads turns as their index needs them, once they have ended. Its methods must be called inside a read or a write.
 */
public interface TurnTexts extends StoredTexts {

    /** The name of the texts and of their index. */
    String NAME = "turn";

    @Override
    List<Row> rows(Collection<Long> numbers); // in one query

    @Override
    default String name() {
        return NAME;
    }

    /** Returns what the index shall hold of a turn. May be called at any time. */
    static IndexedText text(TurnBody body, String persona, long personaId, Instant at, boolean team) {
        List<String> terms = new ArrayList<>(FilterTerms.time(at));
        terms.add(FilterTerms.author(personaId));
        List<String> readers = team ? List.of() : List.of(FilterTerms.PRIVATE, FilterTerms.privateTo(personaId));
        return new IndexedText(body.text(), List.of(persona), terms, readers);
    }
}
