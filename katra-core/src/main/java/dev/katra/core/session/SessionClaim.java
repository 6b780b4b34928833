package dev.katra.core.session;

import dev.katra.core.upstream.Upstream;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes the session that a launcher wants to start.
 *
 * @param persona the name of the persona, which is created if it is new
 * @param model null for the provider's default
 * @param route direct, gateway or verbatim
 * @param folder the absolute path of the folder in which it works
 * @param role what the persona is there for, in the user's words
 * @param wake which mail wakes it
 * @param conversationId the conversation to start or to resume
 * @param upstream the endpoint behind the gateway; null on the other routes
 */
public record SessionClaim(
        String persona,
        String provider,
        @Nullable String model,
        String route,
        Place place,
        Path folder,
        @Nullable String role,
        boolean isolated,
        WakePolicy wake,
        String conversationId,
        @Nullable Upstream upstream) {

    public SessionClaim {
        Objects.requireNonNull(persona, "persona is null");
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(route, "route is null");
        Objects.requireNonNull(place, "place is null");
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("the folder is not absolute: " + folder);
        }
        Objects.requireNonNull(wake, "wake is null");
        Objects.requireNonNull(conversationId, "conversationId is null");
    }
}
