package dev.katra.gateway.http;

import dev.katra.gateway.request.TokenEstimate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Estimates the number of tokens of a request, once and only when it is needed. */
final class LazyTokenEstimate {

    private @Nullable LongSupplier request;
    private long tokens;

    LazyTokenEstimate(JsonNode request) {
        this(() -> TokenEstimate.of(request));
    }

    /** Creates an estimate for a request that is not read before the estimate is needed. */
    LazyTokenEstimate(LongSupplier request) {
        this.request = request;
    }

    /** Returns the estimate. The first caller computes it, others wait for it. */
    synchronized long tokens() {
        LongSupplier uncounted = request;
        if (uncounted != null) {
            tokens = uncounted.getAsLong();
            request = null;
        }
        return tokens;
    }
}
