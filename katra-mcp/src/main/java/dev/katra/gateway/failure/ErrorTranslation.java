package dev.katra.gateway.failure;

import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Translates an endpoint's error response into an error of the Messages API, so that the client reacts in the right
 * way.
 */
public final class ErrorTranslation {

    private static final String NO_RETRY = "x-should-retry";

    private ErrorTranslation() {}

    /**
     * Returns the error for the client.
     *
     * @param estimate the estimated number of tokens of the request, for an endpoint that does not say
     */
    public static GatewayError of(ErrorResponse refusal, Target target, long estimate) {
        ProviderEndpoint provider = target.provider();
        if (quota(refusal)) {
            return new GatewayError(
                    402,
                    "billing_error",
                    withMessage("%s says that the account has no credit left".formatted(provider.id()), refusal),
                    Map.of(NO_RETRY, "false", "anthropic-ratelimit-unified-status", "rejected"));
        }
        if (OutputLimit.matches(refusal)) {
            return GatewayError.of(
                    400,
                    "invalid_request_error",
                    withMessage(
                            "%s does not let %s give such long answers; set %s_MAX_OUTPUT_TOKENS in providers.conf to a limit that it accepts"
                                    .formatted(provider.id(), target.model(), settings(provider)),
                            refusal));
        }
        if (ContextOverflow.matches(refusal)) {
            return GatewayError.of(
                    400, "invalid_request_error", ContextOverflow.message(refusal, estimate, target.contextWindow()));
        }
        if (overloaded(refusal)) {
            return new GatewayError(
                    529,
                    "overloaded_error",
                    withMessage("%s is overloaded%s".formatted(provider.id(), RetryAfter.until(refusal)), refusal),
                    retryAfter(refusal));
        }
        return byStatus(refusal, target);
    }

    /** Returns the error for a body that came as an answer and holds none. */
    public static GatewayError noAnswer(JsonNode answer, Target target) {
        var refusal = new ErrorResponse(InBodyStatus.of(answer), Map.of(), answer.toString());
        String said = refusal.otherMessage();
        if (said.isEmpty()) {
            boolean known = answer.has("choices") || answer.has("output") || answer.has("usage");
            return known
                    ? EndpointErrors.noAnswer(target.provider(), "")
                    : EndpointErrors.unknownFormat(target.provider());
        }
        return refusal.status() == 500
                ? EndpointErrors.noAnswer(target.provider(), said)
                : of(
                        new ErrorResponse(refusal.status(), Map.of(), "{\"message\":" + StringNode.valueOf(said) + "}"),
                        target,
                        0);
    }

    private static GatewayError byStatus(ErrorResponse refusal, Target target) {
        ProviderEndpoint provider = target.provider();
        int status = refusal.status();
        return switch (status) {
            case 401 ->
                GatewayError.permanent(
                        401,
                        "authentication_error",
                        withMessage(
                                "%s refused the key; check %s".formatted(provider.id(), provider.keyVariable()),
                                refusal));
            case 403 ->
                refusal.html()
                        ? EndpointErrors.blocked(provider, 403, refusal.title())
                        : GatewayError.permanent(
                                403,
                                "permission_error",
                                withMessage(
                                        "%s does not let the key in %s do this"
                                                .formatted(provider.id(), provider.keyVariable()),
                                        refusal));
            case 404 -> GatewayError.of(404, "not_found_error", withMessage(notFound(refusal, target), refusal));
            case 405 -> GatewayError.permanent(404, "not_found_error", withMessage(notAnEndpoint(provider), refusal));
            case 407 -> GatewayError.permanent(502, "api_error", proxied(provider));
            case 408, 504 ->
                GatewayError.of(
                        504, "timeout_error", withMessage("%s took too long".formatted(provider.id()), refusal));
            case 413 ->
                GatewayError.of(
                        413,
                        "request_too_large",
                        withMessage("the request is too large for " + provider.id(), refusal));
            case 429 ->
                new GatewayError(
                        429,
                        "rate_limit_error",
                        withMessage(
                                "%s limits the rate of requests%s".formatted(provider.id(), RetryAfter.until(refusal)),
                                refusal),
                        retryAfter(refusal));
            default -> status >= 500 ? broken(refusal, provider) : refused(refusal, provider);
        };
    }

    private static GatewayError refused(ErrorResponse refusal, ProviderEndpoint provider) {
        String message = refusal.message();
        if (refusal.html()) {
            return EndpointErrors.webPage(provider, refusal.status());
        }
        return GatewayError.of(
                400,
                "invalid_request_error",
                message.isEmpty()
                        ? "%s answered %d and does not say why".formatted(provider.id(), refusal.status())
                        : message);
    }

    private static GatewayError broken(ErrorResponse refusal, ProviderEndpoint provider) {
        if (refusal.html()) {
            return EndpointErrors.outOfOrder(provider, refusal.status(), refusal.title());
        }
        int status = refusal.status() == 502 ? 502 : 500;
        return new GatewayError(
                status,
                "api_error",
                withMessage("%s answered %d".formatted(provider.id(), refusal.status()), refusal),
                retryAfter(refusal));
    }

    private static String notFound(ErrorResponse refusal, Target target) {
        String words = (refusal.code() + " " + refusal.message()).toLowerCase(Locale.ROOT);
        return words.contains("model") || words.contains("deployment")
                ? "model %s is not known to provider %s"
                        .formatted(target.model(), target.provider().id())
                : notAnEndpoint(target.provider());
    }

    private static String notAnEndpoint(ProviderEndpoint provider) {
        return "%s serves nothing at %s; check the endpoint in providers.conf".formatted(provider.id(), provider.url());
    }

    private static String proxied(ProviderEndpoint provider) {
        return "the proxy on the way to %s at %s asks for a user name and a password, which the gateway does not have;"
                        .formatted(provider.id(), provider.url())
                + " set katra.gateway.proxy in server.properties to a proxy that does not";
    }

    private static String settings(ProviderEndpoint provider) {
        return provider.id().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static boolean quota(ErrorResponse refusal) {
        boolean named = refusal.code().contains("insufficient_quota");
        return refusal.status() == 402 || (named && refusal.status() >= 400 && refusal.status() < 500);
    }

    private static boolean overloaded(ErrorResponse refusal) {
        String words = (refusal.code() + " " + refusal.message()).toLowerCase(Locale.ROOT);
        boolean named = words.contains("overloaded") || words.contains("at capacity") || words.contains("no capacity");
        return refusal.status() == 503 || refusal.status() == 529 || (refusal.status() >= 500 && named);
    }

    private static Map<String, String> retryAfter(ErrorResponse refusal) {
        var headers = new HashMap<String, String>();
        RetryAfter.header(refusal).ifPresent(value -> headers.put("retry-after", value));
        return headers;
    }

    private static String withMessage(String first, ErrorResponse refusal) {
        String message = refusal.message();
        return message.isEmpty() ? first : first + " · " + message;
    }
}
