package dev.katra.gateway.failure;

import dev.katra.gateway.upstream.ProviderEndpoint;
import java.time.Duration;
import java.util.Map;

/** Creates the errors for an endpoint that does not answer, or sends something that is not an answer. */
public final class EndpointErrors {

    private static final int MAX_REASON_CHARS = 60;

    private EndpointErrors() {}

    /** Returns the error for an address where nothing listens, or a name that cannot be resolved. */
    public static GatewayError unreachable(ProviderEndpoint provider) {
        return api(
                502,
                "cannot reach %s at %s; is the address in providers.conf right, and is there a network?",
                provider);
    }

    /** Returns the error for an endpoint whose certificate is not trusted, or that does not speak TLS. */
    public static GatewayError untrusted(ProviderEndpoint provider) {
        return api(
                502,
                "no trusted connection to %s at %s; check the address, the clock and the certificates of Java",
                provider);
    }

    /** Returns the error for an endpoint that did not begin to answer in time. */
    public static GatewayError timedOut(ProviderEndpoint provider) {
        return GatewayError.of(504, "timeout_error", text("%s at %s did not answer in time", provider));
    }

    /** Returns the error for an endpoint that fell silent within its answer. */
    public static GatewayError stalled(ProviderEndpoint provider, Duration silence) {
        return GatewayError.of(
                504,
                "timeout_error",
                "%s at %s began to answer, and then sent nothing more of it for %d seconds"
                        .formatted(provider.id(), provider.url(), silence.toSeconds()));
    }

    /** Returns the error for an endpoint that answered with a web page instead of JSON. */
    public static GatewayError webPage(ProviderEndpoint provider, int status) {
        return api(
                502,
                "%s at %s answered with a web page (" + status
                        + ") instead of JSON; check the endpoint in providers.conf",
                provider);
    }

    /**
     * Returns the error for an endpoint that is out of order and answered, or whose proxy answered, with a web page.
     */
    static GatewayError outOfOrder(ProviderEndpoint provider, int status, String title) {
        return api(
                502,
                "%s at %s is out of order for now: it answered with a web page (" + named(status, title)
                        + "); that usually passes by itself, or the vendor's status page says more",
                provider);
    }

    /** Returns the error for a web page that refuses whoever asks, as firewalls before an endpoint send it. */
    static GatewayError blocked(ProviderEndpoint provider, int status, String title) {
        return GatewayError.permanent(
                status,
                "permission_error",
                text(
                        "something between Katra and %s at %s refuses this machine with a web page ("
                                + named(status, title)
                                + "); a firewall, a proxy or a rule about countries does that, not the key",
                        provider));
    }

    private static String named(int status, String title) {
        return (title.isEmpty() ? String.valueOf(status) : status + ", \"" + title + "\"").replace("%", "%%");
    }

    /** Returns the error for an endpoint that answered with nothing. */
    public static GatewayError empty(ProviderEndpoint provider) {
        return api(502, "%s at %s answered with nothing; check the endpoint in providers.conf", provider);
    }

    /**
     * Returns the error for a body that has nothing in it where the answer should be.
     *
     * @param said what the endpoint says instead; may be empty
     */
    public static GatewayError noAnswer(ProviderEndpoint provider, String said) {
        return GatewayError.of(
                502,
                "api_error",
                "%s sent a reply without an answer%s"
                        .formatted(
                                provider.id(),
                                said.isEmpty()
                                        ? ", as endpoints do when they are overloaded or filter"
                                        : " · " + said));
    }

    /** Returns the error for an answer that is compressed although the request forbade it, and cannot be read. */
    public static GatewayError compressed(ProviderEndpoint provider, String encoding) {
        return api(
                502,
                "%s at %s sent its answer compressed (" + encoding.replace("%", "%%")
                        + ") although it was asked not to; a proxy on the way may do that",
                provider);
    }

    /** Returns the error for an answer that is neither an answer nor an error of the protocol. */
    public static GatewayError unknownFormat(ProviderEndpoint provider) {
        return api(
                502,
                "%s at %s answered with something that is not its protocol; check the endpoint in providers.conf",
                provider);
    }

    /** Returns the error for an endpoint that stopped in the middle of its answer. */
    public static GatewayError cutOff(ProviderEndpoint provider) {
        return api(502, "%s at %s: upstream closed the stream before the answer was complete", provider);
    }

    /** Returns the error for an endpoint that says that it gave up its answer, or ends it with an unknown reason. */
    public static GatewayError aborted(ProviderEndpoint provider, String reason) {
        String word = Redaction.withoutKeys(
                reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS));
        boolean busy = word.contains("resource") || word.contains("overload") || word.contains("capacity");
        return GatewayError.of(
                busy ? 529 : 502,
                busy ? "overloaded_error" : "api_error",
                "%s did not complete its answer, which ends with \"%s\"".formatted(provider.id(), word));
    }

    /** Returns the error for a tool call without a name. */
    public static GatewayError namelessCall(ProviderEndpoint provider) {
        return api(502, "%s at %s: the model called a tool without naming it", provider);
    }

    /** Returns the error for a defect of the gateway; the log has the details under the request's id. */
    public static GatewayError internalError(String requestId) {
        return GatewayError.of(
                500, "api_error", "the gateway failed; the server's log says more under %s".formatted(requestId));
    }

    /** Returns the error for a request that has no memory left while others are open. The client tries again. */
    public static GatewayError outOfMemory() {
        return new GatewayError(
                529,
                "overloaded_error",
                "the gateway has no memory left for this request while it serves others",
                Map.of("retry-after", "1"));
    }

    /** Returns the error for a request that takes more memory than one session may have. Trying again does not help. */
    public static GatewayError overMemoryShare(ProviderEndpoint provider) {
        return GatewayError.permanent(
                413,
                "request_too_large",
                "the request to %s takes more of the gateway's memory than one session may have, which is a quarter of it; compact the conversation"
                        .formatted(provider.id()));
    }

    /** The request has more elements than anything that a client means. */
    public static GatewayError tooManyElements(ProviderEndpoint provider) {
        return GatewayError.permanent(
                413,
                "request_too_large",
                "the request to %s has more JSON elements than the gateway parses; compact the conversation"
                        .formatted(provider.id()));
    }

    private static GatewayError api(int status, String format, ProviderEndpoint provider) {
        return GatewayError.of(status, "api_error", text(format, provider));
    }

    private static String text(String format, ProviderEndpoint provider) {
        return format.formatted(provider.id(), provider.url());
    }
}
