package dev.katra.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.relational.core.mapping.Column;

/**
 * Describes the agent's client behind a session.
 *
 * @param conversationId the client's own id of the conversation that it is in
 * @param isolated true if it uses a configuration that belongs to Katra
 * @param clientFolder where it keeps its configuration; null if unknown
 */
public record SessionClient(
        @Column("claude_session_id") String conversationId,
        boolean isolated,
        @Nullable String clientFolder) {

    @PersistenceCreator
    public SessionClient {
        Objects.requireNonNull(conversationId, "conversationId is null");
    }

    /** Describes a client that has not told where it keeps its configuration. */
    public SessionClient(String conversationId, boolean isolated) {
        this(conversationId, isolated, null);
    }
}
