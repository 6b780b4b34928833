package dev.katra.core.turn;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells when and where a turn was.
 *
 * @param at when it began
 * @param endedAt when it ended; null as long as it runs
 * @param conversation the client's id of the conversation
 * @param session the uid of Katra's session; null if it was read from a transcript
 * @param folder the folder in which the client worked; null if that is not known
 */
public record TurnOrigin(
        Instant at,
        @Nullable Instant endedAt,
        String conversation,
        @Nullable String session,
        @Nullable String folder) {}
