package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.upstream.Provider;
import java.net.http.HttpHeaders;

/** An endpoint that sends to another address, where the key must not go unasked. */
final class Redirect {

    private Redirect() {}

    static GatewayError error(Provider provider, HttpHeaders headers) {
        String to = headers.firstValue("location").orElse("another address");
        return GatewayError.lasting(
                502,
                "api_error",
                "%s at %s sends requests on to %s; if that is right, write it into providers.conf"
                        .formatted(provider.id(), provider.url(), to));
    }
}
