package dev.katra.core.usage;

/**
 * Tokens of one or many answers. The three parts of the input do not overlap.
 *
 * @param input read anew
 * @param cacheRead read from a cache
 * @param cacheWrite read and put into a cache
 * @param output written, thinking included
 */
public record TokenCounts(long input, long cacheRead, long cacheWrite, long output) {

    /** Nothing. */
    public static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0);

    public TokenCounts {
        if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0) {
            throw new IllegalArgumentException("a token count is negative");
        }
    }

    /** All of the input. */
    public long allInput() {
        return input + cacheRead + cacheWrite;
    }

    TokenCounts plus(TokenCounts more) {
        return new TokenCounts(
                input + more.input, cacheRead + more.cacheRead, cacheWrite + more.cacheWrite, output + more.output);
    }
}
