package dev.katra.core.session;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says when a session began and ended.
 *
 * @param claimedAt when its launcher claimed the persona
 * @param connectedAt when the client's MCP handshake was seen
 * @param endReason why it ended, in a few words
 */
public record Lifetime(
        Instant claimedAt,
        @Nullable Instant connectedAt,
        @Nullable Instant endedAt,
        @Nullable String endReason) {

    public Lifetime {
        Objects.requireNonNull(claimedAt, "claimedAt is null");
    }
}
