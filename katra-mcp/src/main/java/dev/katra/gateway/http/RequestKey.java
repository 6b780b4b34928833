package dev.katra.gateway.http;

import dev.katra.core.upstream.KeyHeader;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.upstream.ProviderEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A RequestKey holds the provider's key that the client sent with this one request. The key goes to the endpoint and
 * nowhere else.
 */
final class RequestKey {

    private static final String BEARER = "bearer ";
    private static final int SHORTEST_SECRET = 8;

    private final String key;

    private RequestKey(String key) {
        this.key = key;
    }

    static RequestKey of(HttpServletRequest request) {
        @Nullable String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new RequestKey(authorization.substring(BEARER.length()).strip());
        }
        @Nullable String key = request.getHeader("x-api-key");
        return new RequestKey(key == null ? "" : key.strip());
    }

    /** Puts the key into the header that the endpoint wants; returns the error if there is no key. */
    Optional<GatewayError> addTo(HttpRequest.Builder request, KeyHeader header, ProviderEndpoint provider) {
        if (header == KeyHeader.NONE) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            return Optional.of(GatewayError.permanent(
                    401,
                    "authentication_error",
                    "no key for %s came with the request; export %s and start the session again"
                            .formatted(provider.id(), provider.keyVariable())));
        }
        switch (header) {
            case BEARER -> request.setHeader("Authorization", "Bearer " + key);
            case API_KEY -> request.setHeader("api-key", key);
            case X_API_KEY -> request.setHeader("x-api-key", key);
            case NONE -> throw new IllegalStateException("answered above");
        }
        return Optional.empty();
    }

    /** Returns the text without the key. */
    String removeFrom(String text) {
        return key.length() < SHORTEST_SECRET ? text : text.replace(key, "[key]");
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
