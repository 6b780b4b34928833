package dev.katra.core.memory;

import java.util.List;

/**
 * Holds the newest memories, newest first.
 *
 * @param more true if there are older ones that match
 */
public record RecentMemories(List<MemoryDetails> memories, boolean more) {

    public RecentMemories {
        memories = List.copyOf(memories);
    }
}
