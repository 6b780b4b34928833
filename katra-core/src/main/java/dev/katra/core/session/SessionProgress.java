package dev.katra.core.session;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says how far a session is.
 *
 * @param stateAt when the session came into its state
 * @param dialog what waits for a person, as long as something does and if that is known
 * @param lastError how the provider refused its last turn; null if that ended well
 */
public record SessionProgress(
        SessionState state,
        Instant stateAt,
        @Nullable String dialog,
        @Nullable String lastError) {

    public SessionProgress {
        Objects.requireNonNull(state, "state is null");
        Objects.requireNonNull(stateAt, "stateAt is null");
    }
}
