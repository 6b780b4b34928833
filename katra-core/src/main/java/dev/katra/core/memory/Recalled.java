package dev.katra.core.memory;

import java.util.List;

/**
 * What was found, best first.
 *
 * @param total how many match
 * @param more whether there may be more of them than {@code total}: counting stops where it would cost
 * @param complete false while the index is being rebuilt, when some memories cannot be found yet
 * @param weak true if nothing matches well: what was found has little of what was asked, and is only the nearest
 */
public record Recalled(List<Found> found, int total, boolean more, boolean complete, boolean weak) {

    public Recalled {
        found = List.copyOf(found);
    }

    /**
     * One memory that matches.
     *
     * @param score comparable within one answer
     * @param why the words of the query that it has, as the query wrote them; "author", "date" or "tag" if these
     *     matched; "neighbour" if the memory next to it in its session did; "meaning" if a model of the language says so;
     *     "revision" if an older revision of it matched
     */
    public record Found(KnownMemory memory, double score, List<String> why) {

        public Found {
            why = List.copyOf(why);
        }
    }
}
