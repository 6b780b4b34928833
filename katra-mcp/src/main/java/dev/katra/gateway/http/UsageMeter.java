package dev.katra.gateway.http;

import dev.katra.core.usage.CountedRequest;
import dev.katra.core.usage.ModelTask;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.UsageService;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.request.TokenEstimate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Measures the usage of one request and reports it once, when the request is over. */
final class UsageMeter {

    private final UsageService usage;
    private final SessionUpstream upstream;
    private final String model;
    private final Purpose purpose;
    private @Nullable String requestId;
    private final long arrived = System.nanoTime();
    private @Nullable Duration firstToken;
    private TokenUsage used = TokenUsage.NONE;
    private @Nullable LazyTokenEstimate request;
    private double outputTokens;
    private boolean estimated;
    private boolean failed;
    private boolean isReported;

    /**
     * Creates a meter.
     *
     * @param requestId the id under which the client knows the request; null if it does not know of it
     */
    UsageMeter(
            UsageService usage, SessionUpstream upstream, String model, Purpose purpose, @Nullable String requestId) {
        this.usage = usage;
        this.upstream = upstream;
        this.model = model;
        this.purpose = purpose;
        this.requestId = requestId;
    }

    /** Returns a meter for a request that does not use a model; it reports nothing. */
    static UsageMeter unmetered(UsageService usage, SessionUpstream upstream) {
        UsageMeter counting = new UsageMeter(usage, upstream, "", Purpose.CONVERSATION, null);
        counting.isReported = true;
        return counting;
    }

    /** Takes the id under which the client knows the request, if the endpoint has given it one. */
    synchronized void setRequestId(String id) {
        requestId = id;
    }

    /** Notes when the first piece of a streamed answer comes; later calls change nothing. */
    synchronized void noteFirstToken() {
        if (firstToken == null) {
            firstToken = Duration.ofNanos(System.nanoTime() - arrived);
        }
    }

    /** Takes a piece of the answer, to estimate the output of an endpoint that does not report it. */
    synchronized void addOutput(String piece) {
        outputTokens += TokenEstimate.of(piece);
    }

    /**
     * Takes the estimate of the prompt, for an endpoint that does not report the input; null if no model reads
     * anything.
     */
    synchronized void setPrompt(@Nullable LazyTokenEstimate asked) {
        request = asked;
    }

    /** Takes the usage that the endpoint reports, and returns it with estimates for what is missing. */
    synchronized TokenUsage complete(TokenUsage reported) {
        boolean read = reported.input() + reported.cacheRead() + reported.cacheWrite() > 0;
        boolean wrote = reported.output() > 0 || outputTokens == 0;
        used = reported;
        if (request != null && (!read || !wrote)) {
            estimated = true;
            used = new TokenUsage(
                    read ? reported.input() : request.tokens(),
                    reported.cacheRead(),
                    reported.cacheWrite(),
                    wrote ? reported.output() : (long) Math.ceil(outputTokens));
        }
        return used;
    }

    synchronized void setUsage(TokenUsage reported) {
        used = reported;
    }

    /** Completes the usage of an answer that has ended with estimates for what the endpoint did not report. */
    synchronized void completeAnswer() {
        if (!failed) {
            complete(used);
        }
    }

    synchronized void noteFailure() {
        failed = true;
    }

    /** Reports the usage; a second call does nothing. */
    synchronized void report() {
        if (isReported) {
            return;
        }
        isReported = true;
        if (used.equals(TokenUsage.NONE) && !failed && outputTokens > 0) {
            complete(TokenUsage.NONE); // interrupted, but paid for
        }
        var tokens = new TokenCounts(used.input(), used.cacheRead(), used.cacheWrite(), used.output());
        usage.count(
                upstream.sessionId(),
                new CountedRequest(
                        new ModelTask(upstream.provider().id(), model, purpose),
                        failed,
                        tokens,
                        firstToken,
                        upstream.prices().cost(model, tokens),
                        estimated),
                requestId);
    }
}
