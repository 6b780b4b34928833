package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Keeps what the ranking needs of the texts that were candidates lately, each in the place that its id gives it. */
final class Documents {

    private final AtomicReferenceArray<Document> kept;
    private final int mostTerms;
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * Keeps nothing yet.
     *
     * @param places how many at most, a power of two
     * @param mostTerms of one; what has more is read again each time. A term takes four bytes
     */
    Documents(int places, int mostTerms) {
        this.kept = new AtomicReferenceArray<>(places);
        this.mostTerms = mostTerms;
    }

    /** Those that are kept, and the ids of the others in {@code missing}. */
    List<Document> get(Collection<Long> ids, List<Long> missing) {
        List<Document> found = new ArrayList<>(ids.size());
        for (Long id : ids) {
            Document document = kept.get(place(id));
            if (document == null || document.id() != id) {
                missing.add(id);
            } else {
                found.add(document);
            }
        }
        return found;
    }

    /** How often something has changed. What is read from here on is newer than that. */
    int changes() {
        return changes.get();
    }

    /** Keeps what was read, unless something has changed since. */
    void put(List<Document> documents, int since) {
        for (Document document : documents) {
            int place = place(document.id());
            if (document.size() <= mostTerms) {
                kept.set(place, document);
                if (changes.get() != since) {
                    kept.compareAndSet(place, document, null);
                }
            }
        }
    }

    void remove(Collection<Long> ids) {
        changes.incrementAndGet();
        for (Long id : ids) {
            Document document = kept.get(place(id));
            if (document != null && document.id() == id) {
                kept.compareAndSet(place(id), document, null);
            }
        }
    }

    private int place(long id) {
        return (int) id & (kept.length() - 1);
    }
}
