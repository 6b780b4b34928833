package dev.katra.core.room;

import java.util.List;

/**
 * The messages that match a question, best first.
 *
 * @param total how many match
 * @param more whether there may be more of them than {@code total}: counting stops where it would cost
 * @param complete false while the index is being rebuilt, when some messages cannot be found yet
 * @param weak true if nothing matches well: what was found has little of what was asked, and is only the nearest
 */
public record FoundMessages(List<Found> found, int total, boolean more, boolean complete, boolean weak) {

    public FoundMessages {
        found = List.copyOf(found);
    }

    /**
     * One message that matches.
     *
     * @param score comparable within one answer
     * @param why the words of the question that it has, as the question wrote them; "author" or "date" if these matched
     */
    public record Found(PastMessage message, double score, List<String> why) {

        public Found {
            why = List.copyOf(why);
        }
    }
}
