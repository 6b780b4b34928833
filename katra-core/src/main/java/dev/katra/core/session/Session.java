package dev.katra.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * One run of Claude Code under a persona.
 *
 * @param id 0 until stored
 * @param uid names the session's folder
 * @param tokenHash SHA-256 of the token, in hex; the token itself is stored nowhere
 * @param model null if the provider's default holds
 * @param route how the provider is reached: direct, gateway or verbatim
 * @param tmuxSession name of the tmux session, for {@link Place#TMUX}
 * @param tmuxSocket path of the tmux server's socket, for {@link Place#TMUX}
 * @param claudeSessionId Claude Code's own id of the conversation
 * @param pid null until the process is known
 * @param connectedAt when Claude Code's MCP handshake was seen
 * @param wake which mail wakes it
 * @param stateAt since when the state holds
 * @param endReason why it ended, in a few words
 */
@Table("session")
public record Session(
        @Id long id,
        String uid,
        long personaId,
        String tokenHash,
        String provider,
        @Nullable String model,
        String route,
        Place place,
        @Nullable String tmuxSession,
        @Nullable String tmuxSocket,
        String folder,
        @Nullable String role,
        boolean isolated,
        WakePolicy wake,
        String claudeSessionId,
        SessionState state,
        @Nullable Long pid,
        @Nullable Instant pidStartedAt,
        Instant claimedAt,
        @Nullable Instant connectedAt,
        Instant stateAt,
        @Nullable Instant endedAt,
        @Nullable String endReason) {

    /** True until it has ended. */
    public boolean live() {
        return endedAt == null;
    }
}
