package dev.katra.core.memory;

import dev.katra.core.search.FilterTerms;
import dev.katra.core.search.IndexedText;
import dev.katra.core.search.StoredTexts;
import dev.katra.core.search.TermVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads memories as their index needs them, and stores what the index needs of them. A method that changes something must
 * be called inside a write, any other inside a read or a write.
 */
public interface MemoryTexts extends StoredTexts {

    /** The name of the texts and of their index. */
    String NAME = "memory";

    /** Returns the term vectors of these memories, which the ranking needs. */
    List<TermVector> termVectors(Collection<Long> numbers);

    /** Stores the term vector of a memory; null removes it. */
    void storeTerms(long number, @Nullable TermVector terms);

    /** Stores the hash that a memory of an older version lacks; of two with the same content, the first gets it. */
    void storeMissingHash(long number);

    @Override
    default String name() {
        return NAME;
    }

    /** Returns what the index shall hold of a memory. May be called at any time. */
    static IndexedText text(MemoryBody body, String author, long personaId, Instant at) {
        List<String> terms = new ArrayList<>(FilterTerms.time(at));
        terms.add(FilterTerms.author(personaId));
        terms.add(FilterTerms.kind(body.kind().externalName()));
        if (body.scope() == MemoryScope.PRIVATE) {
            terms.addAll(List.of(FilterTerms.PRIVATE, FilterTerms.privateTo(personaId)));
        }
        body.tags().forEach(tag -> terms.add(FilterTerms.tag(tag)));
        return new IndexedText(body.content(), List.of(author, String.join(" ", body.tags())), terms, List.of());
    }
}
