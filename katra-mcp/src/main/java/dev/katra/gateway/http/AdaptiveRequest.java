package dev.katra.gateway.http;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.MaxTokens;
import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.LearnedQuirk;
import dev.katra.gateway.failure.OutputLimit;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.upstream.Target;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An AdaptiveRequest is one request in the form that its endpoint is known to take. An error response may teach more,
 * and what helped is used for later requests. It must not be used by several threads at once.
 */
final class AdaptiveRequest {

    /** The maximum number of times that a request is sent again in another form. */
    private static final int MAX_RESENDS = 3;

    private final SessionUpstreams upstreams;
    private final Codec codec;
    private final MessagesRequest request;
    private final LazyTokenEstimate estimate;
    private final Target configuredTarget;
    private Target target;
    private int lessons;
    private boolean reasoningUnreadable;
    private int asked;

    /**
     * Creates the form of this request for a target, with what is known of the target.
     *
     * @param configuredTarget the target as the provider's entry describes it
     */
    AdaptiveRequest(
            GatewayContext gateway,
            SessionUpstream session,
            Target configuredTarget,
            MessagesRequest request,
            LazyTokenEstimate estimate) {
        this.upstreams = gateway.upstreams();
        this.codec = gateway.codec(session);
        this.request = request;
        this.estimate = estimate;
        this.configuredTarget = configuredTarget;
        this.target = upstreams.withLearned(configuredTarget);
        this.reasoningUnreadable = upstreams.isReasoningUnreadable(configuredTarget, request.session());
    }

    Codec codec() {
        return codec;
    }

    /** Returns the target as it is known by now. */
    Target target() {
        return target;
    }

    /** Returns the request as it is to be sent now. */
    EncodedRequest encode() {
        EncodedRequest encoded = codec.encode(request, effectiveTarget());
        asked = MaxTokens.fromBody(encoded.body());
        return encoded;
    }

    /**
     * Returns the error response with this status, these headers and this text. Several values of one header are
     * joined.
     */
    static ErrorResponse errorResponse(int status, HttpHeaders headers, String text) {
        var joined = new TreeMap<String, String>();
        headers.map().forEach((name, values) -> joined.put(name, String.join(", ", values)));
        return new ErrorResponse(status, Map.copyOf(joined), text);
    }

    /** Learns from an error response; returns whether to send the request again. */
    boolean learnFrom(ErrorResponse refusal) {
        if (lessons >= MAX_RESENDS) {
            return false;
        }
        boolean reasoning = !reasoningUnreadable && LearnedQuirk.unreadableReasoning(refusal);
        reasoningUnreadable |= reasoning;
        Optional<Target> taught = reasoning
                ? Optional.of(target)
                : OutputLimit.learn(refusal, target, asked, estimate.tokens())
                        .or(() -> LearnedQuirk.of(refusal, target.quirks()).map(target::with));
        taught.ifPresent(better -> {
            target = better;
            lessons++;
        });
        return taught.isPresent();
    }

    /** Notes that the endpoint has taken the request, and remembers what was learned. Returns whether anything was. */
    boolean confirmLearned() {
        if (lessons == 0) {
            return false;
        }
        upstreams.learn(configuredTarget, target);
        if (reasoningUnreadable) {
            upstreams.rememberUnreadable(configuredTarget, request.session());
        }
        return true;
    }

    /** Remembers a quirk that an answer shows, for the next requests. */
    void learnForLater(Quirk quirk) {
        upstreams.learn(configuredTarget, target.with(target.quirks().with(quirk)));
    }

    /** Returns whether the learned limit of the answer differs from the one in the provider's entry. */
    boolean hasLearnedLimit() {
        return target.maxOutput() != configuredTarget.maxOutput();
    }

    /**
     * Returns the target with what applies to this request alone: unreadable reasoning, and the tokens that the prompt
     * leaves.
     */
    private Target effectiveTarget() {
        Target found = reasoningUnreadable ? target.with(target.quirks().with(Quirk.NO_REASONING_REPLAY)) : target;
        Target.SharedWindow room = found.sharedWindow();
        if (room == null) {
            return found;
        }
        int left = room.remaining(estimate.tokens(), OutputLimit.MIN_USEFUL);
        return found.withMaxOutput(found.maxOutput() == 0 ? left : Math.min(left, found.maxOutput()));
    }
}
