package dev.katra.mcp.gateway.failure;

import dev.katra.mcp.gateway.upstream.Provider;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Says an endpoint's refusal in the Messages API's words, so that the client does the right thing about it. */
public final class ErrorTranslation {

    private static final String NO_RETRY = "x-should-retry";

    private ErrorTranslation() {}

    /**
     * The error for the client.
     *
     * @param estimate how many tokens the request is taken to have, for an endpoint that does not say
     */
    public static GatewayError of(Refusal refusal, Target target, long estimate) {
        Provider provider = target.provider();
        if (quota(refusal)) {
            return new GatewayError(
                    402,
                    "billing_error",
                    said("%s says that the account has no credit left".formatted(provider.id()), refusal),
                    Map.of(NO_RETRY, "false", "anthropic-ratelimit-unified-status", "rejected"));
        }
        if (ContextOverflow.said(refusal)) {
            return GatewayError.of(
                    400, "invalid_request_error", ContextOverflow.message(refusal, estimate, target.contextWindow()));
        }
        if (overloaded(refusal)) {
            return new GatewayError(
                    529,
                    "overloaded_error",
                    said("%s is overloaded".formatted(provider.id()), refusal),
                    retryAfter(refusal));
        }
        return byStatus(refusal, target);
    }

    private static GatewayError byStatus(Refusal refusal, Target target) {
        Provider provider = target.provider();
        int status = refusal.status();
        if (refusal.html() && status != 401 && status != 403 && status != 429) {
            return Outage.html(provider, status);
        }
        return switch (status) {
            case 401 ->
                GatewayError.lasting(
                        401,
                        "authentication_error",
                        said("%s refused the key; check %s".formatted(provider.id(), provider.keyVariable()), refusal));
            case 403 ->
                GatewayError.lasting(
                        403,
                        "permission_error",
                        said(
                                "%s does not let the key in %s do this"
                                        .formatted(provider.id(), provider.keyVariable()),
                                refusal));
            case 404 -> GatewayError.of(404, "not_found_error", said(notFound(refusal, target), refusal));
            case 405 -> GatewayError.lasting(404, "not_found_error", said(notAnEndpoint(provider), refusal));
            case 407 -> GatewayError.lasting(502, "api_error", proxied(provider));
            case 408, 504 ->
                GatewayError.of(504, "timeout_error", said("%s took too long".formatted(provider.id()), refusal));
            case 413 ->
                GatewayError.of(
                        413, "request_too_large", said("the request is too large for " + provider.id(), refusal));
            case 429 ->
                new GatewayError(
                        429,
                        "rate_limit_error",
                        said("%s limits the rate of requests".formatted(provider.id()), refusal),
                        retryAfter(refusal));
            default -> status >= 500 ? broken(refusal, provider) : refused(refusal, provider);
        };
    }

    private static GatewayError refused(Refusal refusal, Provider provider) {
        String message = refusal.message();
        return GatewayError.of(
                400,
                "invalid_request_error",
                message.isEmpty()
                        ? "%s answered %d and does not say why".formatted(provider.id(), refusal.status())
                        : message);
    }

    private static GatewayError broken(Refusal refusal, Provider provider) {
        int status = refusal.status() == 502 ? 502 : 500;
        return new GatewayError(
                status,
                "api_error",
                said("%s answered %d".formatted(provider.id(), refusal.status()), refusal),
                retryAfter(refusal));
    }

    private static String notFound(Refusal refusal, Target target) {
        String words = (refusal.code() + " " + refusal.message()).toLowerCase(Locale.ROOT);
        return words.contains("model") || words.contains("deployment")
                ? "model %s is not known to provider %s"
                        .formatted(target.model(), target.provider().id())
                : notAnEndpoint(target.provider());
    }

    private static String notAnEndpoint(Provider provider) {
        return "%s serves nothing at %s; check the endpoint in providers.conf".formatted(provider.id(), provider.url());
    }

    private static String proxied(Provider provider) {
        return "the proxy on the way to %s at %s wants a name and a password, and the gateway has none;"
                        .formatted(provider.id(), provider.url())
                + " set katra.gateway.proxy in server.properties to one that wants none";
    }

    private static boolean quota(Refusal refusal) {
        boolean named = refusal.code().contains("insufficient_quota");
        return refusal.status() == 402 || (named && refusal.status() >= 400 && refusal.status() < 500);
    }

    private static boolean overloaded(Refusal refusal) {
        String words = (refusal.code() + " " + refusal.message()).toLowerCase(Locale.ROOT);
        boolean named = words.contains("overloaded") || words.contains("at capacity") || words.contains("no capacity");
        return refusal.status() == 503 || refusal.status() == 529 || (refusal.status() >= 500 && named);
    }

    private static Map<String, String> retryAfter(Refusal refusal) {
        var headers = new HashMap<String, String>();
        RetryAfter.of(refusal).ifPresent(value -> headers.put("retry-after", value));
        return headers;
    }

    private static String said(String first, Refusal refusal) {
        String message = refusal.message();
        return message.isEmpty() ? first : first + " · " + message;
    }
}
