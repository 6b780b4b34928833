package dev.katra.core.room;

import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.StoredTexts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads messages as their index needs them. Its methods must be called inside a read or a write. */
public interface MessageTexts extends StoredTexts {

    /** The name of the texts and of their index. */
    String NAME = "message";

    @Override
    List<Row> rows(Collection<Long> numbers); // in one query

    @Override
    default String name() {
        return NAME;
    }

    /** Returns what the index shall hold of a message to the room. May be called at any time. */
    static IndexedText toRoom(String text, String author, long personaId, Instant at) {
        return text(text, author, personaId, at, List.of());
    }

    /** Returns what the index shall hold of a message to named personas. May be called at any time. */
    static IndexedText toNamed(String text, String author, long personaId, Instant at, Collection<Long> addressees) {
        return text(text, author, personaId, at, addresseeTerms(personaId, addressees));
    }

    private static IndexedText text(String text, String author, long personaId, Instant at, List<String> readers) {
        List<String> terms = new ArrayList<>(FilterTerms.time(at));
        terms.add(FilterTerms.author(personaId));
        return new IndexedText(text, List.of(author), terms, readers);
    }

    /** Returns the filter terms of a message that only its author and these addressees may see. May be called at any time. */
    static List<String> addresseeTerms(long author, Collection<Long> addressees) {
        List<String> terms = new ArrayList<>(List.of(FilterTerms.PRIVATE, FilterTerms.privateTo(author)));
        addressees.forEach(each -> terms.add(FilterTerms.privateTo(each)));
        return terms;
    }
}
