package dev.katra.core.turn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a turn as a transcript has it.
 *
 * @param body its texts, whole
 * @param folder the folder in which the client worked; null if that is not known
 */
public record ImportedTurn(
        TurnKey key,
        TurnBody body,
        Instant at,
        Instant endedAt,
        @Nullable String folder) {}
