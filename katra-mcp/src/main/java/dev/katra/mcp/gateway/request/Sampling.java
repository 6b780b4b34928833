package dev.katra.mcp.gateway.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the answer is drawn and where it ends.
 *
 * @param maxTokens the longest answer that the client wants, 0 if it does not say
 */
public record Sampling(
        int maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        List<String> stops) {

    /** The smallest answer that an OpenAI-format endpoint can be asked for. */
    public static final int FLOOR = 16;

    public Sampling {
        stops = List.copyOf(stops);
    }

    /** Whether the client only wants to know if the model answers at all. */
    public boolean probe() {
        return maxTokens > 0 && maxTokens < FLOOR;
    }
}
