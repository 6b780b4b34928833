package dev.katra.core.usage;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request that passed through the gateway.
 *
 * @param model the endpoint's name of the model
 * @param failed whether it ended with an error, of the endpoint or of the way to it
 * @param tokens what the endpoint reported, {@link TokenCounts#NONE} if nothing
 * @param firstToken from the request's arrival to the first piece of the answer; null if none came or it was not
 *     streamed
 * @param cost in billionths of a US dollar; empty if the price is not known
 */
public record CountedRequest(
        String model,
        boolean failed,
        TokenCounts tokens,
        @Nullable Duration firstToken,
        OptionalLong cost) {

    public CountedRequest {
        Objects.requireNonNull(model, "model is null");
        Objects.requireNonNull(tokens, "tokens is null");
        Objects.requireNonNull(cost, "cost is null");
    }
}
