package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Caches the term vectors of texts that were candidates lately, each in the slot that its id gives it. */
final class TermVectorCache {

    private final AtomicReferenceArray<TermVector> slots;
    private final int maxTerms;
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Creates an empty cache.
     *
     * @param places the number of slots, a power of two
     * @param maxTerms the largest number of terms of a cached vector; one with more is read again each time
     */
    TermVectorCache(int places, int maxTerms) {
        this.slots = new AtomicReferenceArray<>(places);
        this.maxTerms = maxTerms;
    }

    /** Returns the cached vectors of these rows, and adds the ids of the others to {@code missing}. */
    List<TermVector> get(Collection<Long> ids, List<Long> missing) {
        List<TermVector> found = new ArrayList<>(ids.size());
        for (Long id : ids) {
            TermVector document = slots.get(slot(id));
            if (document == null || document.id() != id) {
                missing.add(id);
            } else {
                found.add(document);
            }
        }
        return found;
    }

    /** Returns how often entries were removed. Ask for it before rows are read that are to be cached. */
    int changes() {
        return changes.get();
    }

    /** Caches vectors, unless entries were removed since the number of removals was {@code since}. */
    void put(List<TermVector> documents, int since) {
        for (TermVector document : documents) {
            int place = slot(document.id());
            if (document.termCount() <= maxTerms) {
                slots.set(place, document);
                if (changes.get() != since) {
                    slots.compareAndSet(place, document, null);
                }
            }
        }
    }

    void remove(Collection<Long> ids) {
        changes.incrementAndGet();
        for (Long id : ids) {
            TermVector document = slots.get(slot(id));
            if (document != null && document.id() == id) {
                slots.compareAndSet(slot(id), document, null);
            }
        }
    }

    private int slot(long id) {
        return (int) id & (slots.length() - 1);
    }
}
