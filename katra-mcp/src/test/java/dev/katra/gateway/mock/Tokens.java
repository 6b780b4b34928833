package dev.katra.gateway.mock;

/**
 * What an answer took.
 *
 * @param input everything that was read, with what came from a cache
 * @param cached what of it came from a cache
 * @param output everything that was written, with the reasoning
 * @param reasoning what of it was reasoning
 */
public record Tokens(int input, int cached, int output, int reasoning) {

    /** What an answer takes if the test does not say. */
    public static final Tokens USUAL = new Tokens(120, 20, 30, 0);

    public Tokens {
        if (input < cached || output < reasoning || cached < 0 || reasoning < 0) {
            throw new IllegalArgumentException("the parts are more than the whole");
        }
    }
}
