package dev.katra.core.session;

import dev.katra.core.upstream.Upstream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is known of the endpoint of a session when it starts.
 *
 * @param prices what the provider's tokens cost, as {@link dev.katra.core.usage.Prices#parse} reads it
 * @param upstream where the gateway sends the session's requests; null on the other routes
 */
public record SessionEndpoint(String prices, @Nullable Upstream upstream) {

    /** Says nothing of an endpoint. */
    public static final SessionEndpoint UNKNOWN = new SessionEndpoint("", null);

    public SessionEndpoint {
        Objects.requireNonNull(prices, "prices is null");
    }

    /** Returns the endpoint behind the gateway with its own prices; one of which nothing is known if there is none. */
    public static SessionEndpoint of(@Nullable Upstream upstream) {
        return upstream == null
                ? UNKNOWN
                : new SessionEndpoint(upstream.settings().prices(), upstream);
    }
}
