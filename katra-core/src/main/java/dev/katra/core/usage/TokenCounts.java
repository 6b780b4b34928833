package dev.katra.core.usage;

/**
 * Counts the tokens of one or many answers. The three parts of the input do not overlap.
 *
 * @param input the input tokens that were read anew
 * @param cacheRead the input tokens that were read from a cache
 * @param cacheWrite the input tokens that were read and put into a cache
 * @param output the output tokens, thinking included
 */
public record TokenCounts(long input, long cacheRead, long cacheWrite, long output) {

    /** The counts of no tokens at all. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0);

    public TokenCounts {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
    }

    /** Returns the number of all input tokens. */
    public long allInput() {
        return input + cacheRead + cacheWrite;
    }

    /** Returns the number of all tokens, of the input and of the output. */
    public long all() {
        return allInput() + output;
    }

    TokenCounts plus(TokenCounts more) {
        return new TokenCounts(
                input + more.input, cacheRead + more.cacheRead, cacheWrite + more.cacheWrite, output + more.output);
    }
}
