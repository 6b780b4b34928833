package dev.katra.launcher.environment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a session to Katra.
 *
 * @param persona the persona's name
 * @param token the session's token
 * @param server the base URL of Katra's server, {@code http://127.0.0.1:<port>}
 * @param home the value of {@code KATRA_HOME}; null for the default home
 */
public record SessionIdentity(
        String persona,
        String token,
        String server,
        @Nullable String home) {

    private static final String PLACEHOLDER_TOKEN = "<given at the start>";

    public SessionIdentity {
        Objects.requireNonNull(persona, "persona is null");
        Objects.requireNonNull(token, "token is null");
        Objects.requireNonNull(server, "server is null");
    }

    /** Returns a placeholder for the identity that a session would get, to show its environment. */
    public static SessionIdentity placeholder(String server, @Nullable String home) {
        return new SessionIdentity("<persona>", PLACEHOLDER_TOKEN, server, home);
    }

    /** Returns whether the token is a real one, and not that of a placeholder. */
    public boolean hasRealToken() {
        return !token.equals(PLACEHOLDER_TOKEN);
    }

    @Override
    public String toString() {
        return "SessionIdentity[" + persona + " at " + server + "]";
    }
}
