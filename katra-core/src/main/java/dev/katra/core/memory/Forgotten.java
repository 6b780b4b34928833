package dev.katra.core.memory;

import java.util.List;

/**
 * What was removed.
 *
 * @param memories the memory and the revisions before it, as they were, oldest first; empty if it was forgotten already
 */
public record Forgotten(long number, List<KnownMemory> memories) {

    public Forgotten {
        memories = List.copyOf(memories);
    }
}
