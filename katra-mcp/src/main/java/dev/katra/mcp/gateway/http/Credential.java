package dev.katra.mcp.gateway.http;

import dev.katra.core.upstream.KeyHeader;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.upstream.Provider;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider's key, as the client sent it with this one request. It goes upstream and nowhere else. */
final class Credential {

    private static final String BEARER = "bearer ";
    private static final int SHORTEST_SECRET = 8;

    private final String key;

    private Credential(String key) {
        this.key = key;
    }

    static Credential of(HttpServletRequest request) {
        @Nullable String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Credential(authorization.substring(BEARER.length()).strip());
        }
        @Nullable String key = request.getHeader("x-api-key");
        return new Credential(key == null ? "" : key.strip());
    }

    /** Puts it where the endpoint wants it; the error if there is none. */
    Optional<GatewayError> show(HttpRequest.Builder request, KeyHeader header, Provider provider) {
        if (header == KeyHeader.NONE) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            return Optional.of(GatewayError.lasting(
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

    /** The text without the key. */
    String hiddenIn(String text) {
        return key.length() < SHORTEST_SECRET ? text : text.replace(key, "[key]");
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
