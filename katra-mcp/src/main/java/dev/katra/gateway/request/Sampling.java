package dev.katra.gateway.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Sampling holds how the answer is sampled and where it ends.
 *
 * @param maxTokens the maximum number of tokens that the client wants, 0 if it does not say
 */
public record Sampling(
        int maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        List<String> stops) {

    /** The smallest maximum number of tokens that an OpenAI-format endpoint accepts. */
    public static final int MIN_TOKENS = 16;

    private static final int MAX_BRIEF_TOKENS = 512;

    public Sampling {
        stops = List.copyOf(stops);
    }

    /** Returns whether the client wants a few words and no thinking, as its own checks do. */
    public boolean brief() {
        return maxTokens > 0 && maxTokens <= MAX_BRIEF_TOKENS;
    }
}
