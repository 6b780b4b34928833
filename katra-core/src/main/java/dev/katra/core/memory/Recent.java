package dev.katra.core.memory;

import java.util.List;

/**
 * The newest memories, newest first.
 *
 * @param more whether there are older ones that match
 */
public record Recent(List<KnownMemory> memories, boolean more) {

    public Recent {
        memories = List.copyOf(memories);
    }
}
