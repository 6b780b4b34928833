package dev.katra.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds of a stored memory what decides whether and how it can be changed.
 *
 * @param id the short number that people and models see
 * @param personaId its author
 * @param supersededBy the revision after it
 */
public record MemoryRow(
        long id,
        long personaId,
        MemoryBody body,
        @Nullable Instant forgottenAt,
        @Nullable Long supersededBy) {}
