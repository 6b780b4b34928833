package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.request.TokenEstimate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How many tokens a request has, counted once and not before somebody wants to know. */
final class Estimate {

    private @Nullable JsonNode request;
    private long tokens;

    Estimate(JsonNode request) {
        this.request = request;
    }

    /** The count; the first to ask counts, others wait for it. */
    synchronized long tokens() {
        JsonNode uncounted = request;
        if (uncounted != null) {
            tokens = TokenEstimate.of(uncounted);
            request = null;
        }
        return tokens;
    }
}
