package dev.katra.mcp.gateway.codec;

import dev.katra.mcp.gateway.request.Sampling;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.OptionalInt;

/** How long an answer may be. */
public final class Limits {

    private static final int THINKING_PROBE = 512;

    private Limits() {}

    /** The number of tokens to allow; empty if neither the client nor the settings say one. */
    public static OptionalInt output(Sampling sampling, Target target) {
        int cap = target.maxOutput();
        if (sampling.maxTokens() == 0) {
            return cap == 0 ? OptionalInt.empty() : OptionalInt.of(cap);
        }
        int wanted = sampling.maxTokens();
        if (sampling.probe()) {
            wanted = target.quirks().reasons() ? THINKING_PROBE : Sampling.FLOOR;
        }
        return OptionalInt.of(cap == 0 ? wanted : Math.min(wanted, cap));
    }
}
