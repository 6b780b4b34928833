package dev.katra.core.usage;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Describes one request that passed through the gateway, as it is counted.
 *
 * @param task the model that was asked, and for what
 * @param failed whether it ended with an error, of the endpoint or of the way to it
 * @param tokens what the endpoint reported or what is estimated, {@link TokenCounts#NONE} if nothing is known
 * @param firstToken from the request's arrival to the first piece of the answer; null if none came or it was not
 *     streamed
 * @param cost in billionths of a US dollar; empty if the price is not known
 * @param estimated whether the endpoint did not report all of the tokens
 */
public record CountedRequest(
        ModelTask task,
        boolean failed,
        TokenCounts tokens,
        @Nullable Duration firstToken,
        OptionalLong cost,
        boolean estimated) {

    public CountedRequest {
        Objects.requireNonNull(task, "task is null");
        Objects.requireNonNull(tokens, "tokens is null");
        Objects.requireNonNull(cost, "cost is null");
    }

    /** Creates a request of which the endpoint has reported all tokens. */
    public CountedRequest(
            ModelTask task, boolean failed, TokenCounts tokens, @Nullable Duration firstToken, OptionalLong cost) {
        this(task, failed, tokens, firstToken, cost, false);
    }
}
