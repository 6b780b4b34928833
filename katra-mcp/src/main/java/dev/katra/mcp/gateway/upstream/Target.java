package dev.katra.mcp.gateway.upstream;

import dev.katra.core.upstream.Quirks;

/**
 * The model that one request goes to.
 *
 * @param provider who serves it
 * @param model its name there
 * @param maxOutput how many tokens it can answer with, 0 if unknown
 * @param contextWindow how many tokens it can read, 0 if unknown
 * @param quirks how it differs from the plain format
 */
public record Target(Provider provider, String model, int maxOutput, int contextWindow, Quirks quirks) {

    public Target {
        if (model.isBlank()) {
            throw new IllegalArgumentException("a target has no model");
        }
        if (maxOutput < 0 || contextWindow < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** The same model with other quirks, as learned from a refusal. */
    public Target with(Quirks learned) {
        return new Target(provider, model, maxOutput, contextWindow, learned);
    }
}
