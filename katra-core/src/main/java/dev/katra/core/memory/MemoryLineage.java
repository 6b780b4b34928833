package dev.katra.core.memory;

import org.jspecify.annotations.Nullable;

/**
 * Names the revisions next to a memory by their numbers.
 *
 * @param supersedes the revision before it
 * @param supersededBy the revision after it; null if the memory holds
 */
public record MemoryLineage(
        @Nullable Long supersedes, @Nullable Long supersededBy) {}
