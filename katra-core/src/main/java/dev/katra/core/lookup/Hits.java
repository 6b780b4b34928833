package dev.katra.core.lookup;

import dev.katra.core.memory.RecallResult;
import dev.katra.core.room.MessageSearchResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the memories and messages that a search has found, best first.
 *
 * @param total the number of matches
 * @param more true if there may be more matches than {@code total}
 * @param complete false while an index is being rebuilt
 * @param weak true if nothing matches well, so that the hits are only the nearest
 */
public record Hits(List<Hit> hits, int total, boolean more, boolean complete, boolean weak) {

    public Hits {
        hits = List.copyOf(hits);
    }

    /** Holds one hit, which is either a memory or a message. */
    public record Hit(
            RecallResult.@Nullable RecalledMemory memory, MessageSearchResult.@Nullable FoundMessage message) {

        public Hit {
            if ((memory == null) == (message == null)) {
                throw new IllegalArgumentException("a hit is one of the two");
            }
        }

        static Hit of(RecallResult.RecalledMemory memory) {
            return new Hit(memory, null);
        }

        static Hit of(MessageSearchResult.FoundMessage message) {
            return new Hit(null, message);
        }

        /** Returns the score of the hit, which can be compared within one answer. */
        public double score() {
            return memory != null ? memory.score() : message == null ? 0 : message.score();
        }
    }
}
