package dev.katra.mcp.gateway.failure;

import dev.katra.mcp.gateway.upstream.Provider;

/** Errors for an endpoint that does not answer, or answers with something that is no answer. */
public final class Outage {

    private Outage() {}

    /** Nobody listens there, or the name leads nowhere. */
    public static GatewayError unreachable(Provider provider) {
        return api(
                502,
                "cannot reach %s at %s; is the address in providers.conf right, and is there a network?",
                provider);
    }

    /** The endpoint's certificate is not trusted, or it does not speak TLS. */
    public static GatewayError untrusted(Provider provider) {
        return api(
                502,
                "no trusted connection to %s at %s; check the address, the clock and the certificates of Java",
                provider);
    }

    /** The endpoint did not begin to answer in time. */
    public static GatewayError silent(Provider provider) {
        return GatewayError.of(504, "timeout_error", text("%s at %s did not answer in time", provider));
    }

    /** The endpoint answered with a web page. */
    public static GatewayError html(Provider provider, int status) {
        return api(
                502,
                "%s at %s answered with a web page (" + status
                        + ") instead of JSON; check the endpoint in providers.conf",
                provider);
    }

    /** The endpoint answered with nothing. */
    public static GatewayError empty(Provider provider) {
        return api(502, "%s at %s answered with nothing; check the endpoint in providers.conf", provider);
    }

    /** The endpoint answered with something that is neither an answer nor an error. */
    public static GatewayError incomprehensible(Provider provider) {
        return api(
                502,
                "%s at %s answered with something that is not its protocol; check the endpoint in providers.conf",
                provider);
    }

    /** The endpoint stopped in the middle of its answer. */
    public static GatewayError cutOff(Provider provider) {
        return api(502, "%s at %s: upstream closed the stream before the answer was complete", provider);
    }

    /** A defect of ours; the details are in the log under the request's id. */
    public static GatewayError defect(String requestId) {
        return GatewayError.of(
                500, "api_error", "the gateway failed; the server's log says more under %s".formatted(requestId));
    }

    /** There is no room for the request beside those that are open; there will be. */
    public static GatewayError outOfMemory() {
        return GatewayError.of(
                529, "overloaded_error", "the gateway has no memory left for this request while it serves others");
    }

    private static GatewayError api(int status, String format, Provider provider) {
        return GatewayError.of(status, "api_error", text(format, provider));
    }

    private static String text(String format, Provider provider) {
        return format.formatted(provider.id(), provider.url());
    }
}
