package dev.katra.gateway.http;

import dev.katra.core.upstream.KeyHeader;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.upstream.ProviderEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A RequestKey holds the provider's key that the client sent with this one request. The key goes to the endpoint and
 * nowhere else.
 */
final class RequestKey {

    private static final String BEARER = "bearer ";

    private final String key;
    private final List<String> secrets;

    private RequestKey(String key, List<String> secrets) {
        this.key = key;
        this.secrets = secrets;
    }

    static RequestKey of(HttpServletRequest request) {
        return of(ClientHeaders.of(request));
    }

    static RequestKey of(ClientHeaders headers) {
        String authorization = headers.value("Authorization");
        boolean bearer = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
        return new RequestKey(
                bearer ? authorization.substring(authorization.indexOf(' ') + 1).strip() : headers.value("x-api-key"),
                headers.secrets());
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

    /** Returns the text without the key, and without those that other headers have. */
    String removeFrom(String text) {
        String without = text;
        for (String secret : secrets) {
            without = without.replace(secret, "[key]");
        }
        return without;
    }

    @Override
    public String toString() {
        return "Credential";
    }
}
