package dev.katra.core.usage;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Describes one request that passed through the gateway, as it is counted.
 *
 * @param model the endpoint's name of the model
 * @param purpose what the request was for
 * @param failed whether it ended with an error, of the endpoint or of the way to it
 * @param tokens what the endpoint reported or what is estimated, {@link TokenCounts#NONE} if nothing is known
 * @param firstToken from the request's arrival to the first piece of the answer; null if none came or it was not
 *     streamed
 * @param cost in billionths of a US dollar; empty if the price is not known
 * @param estimated whether the endpoint did not report all of the tokens
 */
public record CountedRequest(
        String model,
        Purpose purpose,
        boolean failed,
        TokenCounts tokens,
        @Nullable Duration firstToken,
        OptionalLong cost,
        boolean estimated) {

    public CountedRequest {
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(purpose, "purpose is null");
        Objects.requireNonNull(tokens, "tokens is null");
        Objects.requireNonNull(cost, "cost is null");
    }

    /** Creates a request of the conversation. */
    public CountedRequest(
            String model, boolean failed, TokenCounts tokens, @Nullable Duration firstToken, OptionalLong cost) {
        this(model, Purpose.CONVERSATION, failed, tokens, firstToken, cost, false);
    }
}
