package dev.katra.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds the columns of a memory that the ranking uses besides its terms.
 *
 * @param saidAt when it was said the last time: first, or again
 */
public record CandidateRow(
        long id,
        long personaId,
        int importance,
        Instant saidAt,
        @Nullable Long previousId,
        @Nullable Long supersededBy,
        int confirmations) {}
