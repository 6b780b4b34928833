package dev.katra.core.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Stores one run of Claude Code under a persona.
 *
 * @param id 0 until stored
 * @param uid the name of the session's folder
 * @param tokenHash SHA-256 of the token, in hex; the token itself is stored nowhere
 * @param model the model that was asked for; null if the provider's default applies
 * @param route how the provider is reached: direct, gateway or verbatim
 * @param tmuxSession name of the tmux session, for {@link Place#TMUX}
 * @param tmuxSocket path of the tmux server's socket, for {@link Place#TMUX}
 * @param conversationId the client's own id of the conversation that it is in
 * @param pid null until the process is known
 * @param pidStartedAt when the process started, if an older version noted it; the clock may have been set since
 * @param connectedAt when Claude Code's MCP handshake was seen
 * @param wake which mail wakes it
 * @param stateAt when the session came into its state
 * @param endReason why it ended, in a few words
 * @param dialog what waits for a person, as long as something does and if that is known
 * @param lastError how the provider refused its last turn; null if that ended well
 * @param pidMark the mark that tells the process from a later one with the same pid
 * @param clientFolder where the client keeps its configuration; null if unknown
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
        @Column("claude_session_id") String conversationId,
        SessionState state,
        @Nullable Long pid,
        @Nullable Instant pidStartedAt,
        Instant claimedAt,
        @Nullable Instant connectedAt,
        Instant stateAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        @Nullable String dialog,
        @Nullable String lastError,
        @Nullable String pidMark,
        @Nullable String clientFolder) {

    /** Returns whether the session has not ended. */
    public boolean live() {
        return endedAt == null;
    }
}
