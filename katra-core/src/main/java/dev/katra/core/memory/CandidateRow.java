package dev.katra.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the columns of a memory that the ranking uses besides its terms.
 *
 * @param times when it was said and used the last time
 */
public record CandidateRow(
        long id,
        long personaId,
        int importance,
        Times times,
        @Nullable Long previousId,
        @Nullable Long supersededBy,
        int confirmations) {

    /**
     * Holds when a memory was said and used.
     *
     * @param saidAt when it was said the last time: first, or again
     * @param usedAt when it was said, found by a session or kept by a person the last time
     */
    public record Times(Instant saidAt, Instant usedAt) {}

    /** Returns when it was said the last time: first, or again. */
    public Instant saidAt() {
        return times.saidAt();
    }
}
