package dev.katra.core.memory;

import java.util.List;

/**
 * Holds the memories that a recall has found, best first.
 *
 * @param total the number of matches
 * @param more true if there may be more matches than {@code total}: counting stops where it would cost
 * @param complete false while the index is being rebuilt, when some memories cannot be found yet
 * @param weak true if nothing matches well: these memories have little of the question and are only the nearest
 */
public record RecallResult(List<RecalledMemory> found, int total, boolean more, boolean complete, boolean weak) {

    public RecallResult {
        found = List.copyOf(found);
    }

    /**
     * Holds one memory that matches.
     *
     * @param score the score, which can be compared within one answer
     * @param why the words of the query that it has, as the query wrote them; "author", "date" or "tag" if these
     *     matched; "neighbour" if the memory next to it in its session did; "meaning" if a model of the language says
     *     so; "revision" if an older revision of it matched
     */
    public record RecalledMemory(MemoryDetails memory, double score, List<String> why) {

        public RecalledMemory {
            why = List.copyOf(why);
        }
    }
}
