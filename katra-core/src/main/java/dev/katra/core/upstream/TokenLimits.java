package dev.katra.core.upstream;

/**
 * Holds the sizes that a model takes.
 *
 * @param contextTokens the size of the context window, in tokens; 0 if unknown
 * @param maxOutputTokens the largest size of an answer, in tokens; 0 if unknown
 */
public record TokenLimits(int contextTokens, int maxOutputTokens) {

    public TokenLimits {
        if (contextTokens < 0 || maxOutputTokens < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }
}
