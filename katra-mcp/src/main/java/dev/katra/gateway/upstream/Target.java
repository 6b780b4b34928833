package dev.katra.gateway.upstream;

import dev.katra.core.upstream.Quirks;
import org.jspecify.annotations.Nullable;

/**
 * A Target is the model that one request goes to.
 *
 * @param provider the provider that serves the model
 * @param model the provider's name for the model
 * @param maxOutput the maximum number of tokens of an answer, 0 if unknown
 * @param contextWindow the maximum number of tokens of a prompt, 0 if unknown
 * @param quirks how the endpoint differs from the plain format
 * @param sharedWindow the window that prompt and answer share; null if they are not counted together
 */
public record Target(
        ProviderEndpoint provider,
        String model,
        int maxOutput,
        int contextWindow,
        Quirks quirks,
        @Nullable SharedWindow sharedWindow) {

    /**
     * A SharedWindow holds the tokens that a prompt and its answer may have together.
     *
     * @param window the size of the window, in tokens
     * @param extraPromptTokens the number of tokens that the endpoint counts in a prompt more than are estimated here; often
     *     negative
     */
    public record SharedWindow(long window, long extraPromptTokens) {

        /**
         * Returns the tokens that are left for the answer to a prompt of this estimate, but never fewer than this
         * minimum.
         */
        public int remaining(long estimate, int least) {
            return (int) Math.max(least, Math.min(Integer.MAX_VALUE, window - estimate - extraPromptTokens));
        }
    }

    public Target {
        if (model.isBlank()) {
            throw new IllegalArgumentException("a target has no model");
        }
        if (maxOutput < 0 || contextWindow < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** Creates a target of which only the settings are known. */
    public Target(ProviderEndpoint provider, String model, int maxOutput, int contextWindow, Quirks quirks) {
        this(provider, model, maxOutput, contextWindow, quirks, null);
    }

    /** Returns the same target with other quirks, as learned from an error response. */
    public Target with(Quirks learned) {
        return new Target(provider, model, maxOutput, contextWindow, learned, sharedWindow);
    }

    /** Returns the same target with another maximum of output tokens. */
    public Target withMaxOutput(int most) {
        return new Target(provider, model, most, contextWindow, quirks, sharedWindow);
    }

    /** Returns the same target, known to count prompt and answer together. */
    public Target with(SharedWindow learned) {
        return new Target(provider, model, maxOutput, contextWindow, quirks, learned);
    }
}
