package dev.katra.core.backup;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the process of a session that has not ended as far as a database knows.
 *
 * @param pidStartedAt when the process started by the clock, in epoch milliseconds; null if that was not noted
 * @param mark the mark that tells the process from a later one with the same pid; null if it has none
 */
public record StoredSession(
        String persona,
        long pid,
        @Nullable Long pidStartedAt,
        @Nullable String mark) {}
