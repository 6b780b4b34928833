package dev.katra.core.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what the ranking needs of the texts that were candidates lately, up to a bound. */
final class Documents {

    /** Of each of the two searches; a term takes four bytes. */
    private static final int MOST_TERMS = 6_000_000;

    /** What an entry costs besides its terms, in terms. */
    private static final int ENTRY = 32;

    private final Map<Long, Document> kept = new LinkedHashMap<>(1024, 0.75f, true);
    private int terms;

    /** Those that are kept, and the ids of the others in {@code missing}. */
    synchronized List<Document> get(Collection<Long> ids, List<Long> missing) {
        List<Document> found = new ArrayList<>(ids.size());
        for (Long id : ids) {
            Document document = kept.get(id);
            if (document == null) {
                missing.add(id);
            } else {
                found.add(document);
            }
        }
        return found;
    }

    synchronized void put(List<Document> documents) {
        for (Document document : documents) {
            Document before = kept.put(document.id(), document);
            terms += document.size() + ENTRY - (before == null ? 0 : before.size() + ENTRY);
        }
        var eldest = kept.values().iterator();
        while (terms > MOST_TERMS && eldest.hasNext()) {
            terms -= eldest.next().size() + ENTRY;
            eldest.remove();
        }
    }

    synchronized void remove(Collection<Long> ids) {
        for (Long id : ids) {
            Document document = kept.remove(id);
            terms -= document == null ? 0 : document.size() + ENTRY;
        }
    }
}
