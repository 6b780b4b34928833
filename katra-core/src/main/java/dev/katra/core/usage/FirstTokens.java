package dev.katra.core.usage;

/**
 * Sums up the times from the arrival of requests to the first tokens of their answers.
 *
 * @param answers the number of answers that were streamed
 * @param micros the sum of their times to the first token, in microseconds
 */
public record FirstTokens(long answers, long micros) {

    /** The times of no answer. */
    public static final FirstTokens NONE = new FirstTokens(0, 0);

    FirstTokens plus(FirstTokens more) {
        return new FirstTokens(answers + more.answers, micros + more.micros);
    }
}
