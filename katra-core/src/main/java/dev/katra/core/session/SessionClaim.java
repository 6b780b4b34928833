package dev.katra.core.session;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Describes the session that a launcher wants to start.
 *
 * @param persona the name of the persona, which is created if it is new
 * @param folder the absolute path of the folder in which it works
 * @param client the client, with the conversation to start or to resume
 * @param endpoint what is known of the endpoint
 */
public record SessionClaim(
        String persona,
        ModelSource source,
        Place place,
        Path folder,
        SessionPurpose purpose,
        SessionClient client,
        SessionEndpoint endpoint) {

    public SessionClaim {
        Objects.requireNonNull(persona, "persona is null");
        Objects.requireNonNull(source, "source is null");
        Objects.requireNonNull(place, "place is null");
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("the folder is not absolute: " + folder);
        }
        Objects.requireNonNull(purpose, "purpose is null");
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(endpoint, "endpoint is null");
    }

    /** Describes a session that does not go through the gateway. */
    public SessionClaim(
            String persona,
            ModelSource source,
            Place place,
            Path folder,
            SessionPurpose purpose,
            SessionClient client) {
        this(persona, source, place, folder, purpose, client, SessionEndpoint.UNKNOWN);
    }
}
