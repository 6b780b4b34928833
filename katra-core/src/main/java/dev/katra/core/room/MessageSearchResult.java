package dev.katra.core.room;

import java.util.List;

/**
 * Holds the messages that match a question, best first.
 *
 * @param total the number of matches
 * @param more true if there may be more matches than {@code total}: counting stops where it would cost
 * @param complete false while the index is being rebuilt, when some messages cannot be found yet
 * @param weak true if nothing matches well: these messages have little of the question and are only the nearest
 */
public record MessageSearchResult(List<FoundMessage> found, int total, boolean more, boolean complete, boolean weak) {

    public MessageSearchResult {
        found = List.copyOf(found);
    }

    /**
     * Holds one message that matches.
     *
     * @param score the score, which can be compared within one answer
     * @param why the words of the question that it has, as the question wrote them; "author" or "date" if these matched
     */
    public record FoundMessage(PastMessage message, double score, List<String> why) {

        public FoundMessage {
            why = List.copyOf(why);
        }
    }
}
