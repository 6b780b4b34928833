package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes a memory as it is shown, with the names that belong to it.
 *
 * @param human whether its author is a person
 * @param provider of the session that wrote it, as are model, folder and session; null for a person
 * @param session the uid of that session
 * @param supersedes the number of the revision before it
 * @param supersededBy the number of the revision after it; null if it holds
 * @param confirmations how often its author has said the same again
 * @param confirmedAt when that was the last time
 */
public record MemoryDetails(
        long number,
        String uid,
        String author,
        boolean human,
        MemoryKind kind,
        MemoryScope scope,
        int importance,
        List<String> tags,
        String content,
        Instant at,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String folder,
        @Nullable String session,
        @Nullable Long supersedes,
        @Nullable Long supersededBy,
        int confirmations,
        @Nullable Instant confirmedAt) {

    public MemoryDetails {
        tags = List.copyOf(tags);
    }

    /** Returns when it was said the last time: first, or again. */
    public Instant saidAt() {
        return confirmedAt == null ? at : confirmedAt;
    }
}
