package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;

/**
 * What was found, best first.
 *
 * @param total how many match
 */
public record Recalled(List<Found> memories, int total) {

    public Recalled {
        memories = List.copyOf(memories);
    }

    /** One memory, with its author's name. */
    public record Found(
            long number,
            String author,
            MemoryKind kind,
            MemoryScope scope,
            int importance,
            String tags,
            String content,
            Instant at) {}
}
