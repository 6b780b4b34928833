package dev.katra.gateway.http;

import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.upstream.ProviderEndpoint;
import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * Creates the error for an endpoint that redirects to another address, where the key must not go without the person's
 * consent.
 */
final class RedirectError {

    private RedirectError() {}

    static GatewayError error(ProviderEndpoint provider, HttpHeaders headers) {
        String to = headers.firstValue("location")
                .map(location -> absolute(provider, location))
                .orElse("another address");
        return GatewayError.permanent(
                502,
                "api_error",
                "%s at %s sends requests on to %s; if that is right, write it into providers.conf"
                        .formatted(provider.id(), provider.url(), to));
    }

    /** Returns the full address; without its host an error would not show where its query begins. */
    private static String absolute(ProviderEndpoint provider, String location) {
        try {
            return URI.create(provider.url()).resolve(location).toString();
        } catch (IllegalArgumentException e) {
            return location.replaceAll("[?#].*", "");
        }
    }
}
