package dev.katra.core.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes one request of a session that did not pass through the gateway, as the session's client reports it.
 *
 * @param id the provider's id of the request or of its answer, by which the client's reports of one request are united
 * @param origin where the client has reported it
 * @param at when it was reported
 * @param model the client's name of the model
 * @param turn what it belongs to
 * @param outcome what came of it
 */
public record ReportedRequest(String id, Origin origin, Instant at, String model, Turn turn, Outcome outcome) {

    /** The largest number of tokens that one request can have; more is a mistake, which must not make a sum overflow. */
    public static final long MAX_TOKENS = 1_000_000_000_000L;

    /** The place where a client reports a request. */
    public enum Origin {
        /** A log event, which is sent once, after the request. */
        EVENT,
        /** The transcript, which may tell of a request more than once, the last time completely. */
        TRANSCRIPT
    }

    /**
     * Says to what a request belongs.
     *
     * @param promptId the client's id of the prompt with which the turn began; null if it is not known
     * @param subAgent whether it is a request of a sub-agent
     */
    public record Turn(@Nullable String promptId, boolean subAgent) {}

    /**
     * Says what came of a request.
     *
     * @param failed whether it ended with an error
     * @param tokens what the provider counted
     * @param firstToken the time until the first piece of the answer; null if it is not known
     * @param listNanoDollars the client's own figure of the cost, in billionths of a US dollar; 0 if there is none
     */
    public record Outcome(
            boolean failed, TokenCounts tokens, @Nullable Duration firstToken, long listNanoDollars) {}

    public ReportedRequest {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(origin, "origin is null");
        Objects.requireNonNull(at, "at is null");
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(turn, "turn is null");
        Objects.requireNonNull(outcome, "outcome is null");
    }

    /** Returns the same request without the client's own figure of the cost. */
    ReportedRequest withoutListPrice() {
        return new ReportedRequest(
                id, origin, at, model, turn, new Outcome(outcome.failed(), outcome.tokens(), outcome.firstToken(), 0));
    }
}
