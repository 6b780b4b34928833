package dev.katra.core.lookup;

import dev.katra.core.memory.Recalled;
import dev.katra.core.room.FoundMessages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found among memories and messages, best first.
 *
 * @param total how many match
 * @param more whether there may be more of them than {@code total}
 * @param complete false while an index is being rebuilt
 * @param weak true if nothing matches well: what was found is only the nearest
 */
public record Hits(List<Hit> hits, int total, boolean more, boolean complete, boolean weak) {

    public Hits {
        hits = List.copyOf(hits);
    }

    /** Either a memory or a message. */
    public record Hit(Recalled.@Nullable Found memory, FoundMessages.@Nullable Found message) {

        public Hit {
            if ((memory == null) == (message == null)) {
                throw new IllegalArgumentException("a hit is one of the two");
            }
        }

        /** Comparable within one answer. */
        public double score() {
            return memory != null ? memory.score() : message == null ? 0 : message.score();
        }
    }
}
