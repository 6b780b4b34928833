package dev.katra.core.usage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What was used, summed up over requests.
 *
 * @param requests all of them, those that failed included
 * @param errors those that failed
 * @param unreported those that did not fail and of which no tokens are known: the endpoint told none, or the answer was cut
 *     short
 * @param tokens what the endpoint told
 * @param firstTokens how many answers were streamed
 * @param firstTokenMicros the sum of their times to the first token, in microseconds
 * @param priced those whose price is known
 * @param unpriced those that used tokens whose price is not known
 * @param cost of the priced ones, in billionths of a US dollar
 */
public record Usage(
        long requests,
        long errors,
        long unreported,
        TokenCounts tokens,
        long firstTokens,
        long firstTokenMicros,
        long priced,
        long unpriced,
        long cost) {

    /** No request. */
    public static final Usage NONE = new Usage(0, 0, 0, TokenCounts.NONE, 0, 0, 0, 0, 0);

    /** More than this in one request is an endpoint's mistake, which must not make a sum overflow. */
    private static final long MOST = 1_000_000_000_000L;

    public Usage {
        Objects.requireNonNull(tokens, "tokens is null");
    }

    /** That of one request. */
    static Usage of(CountedRequest request) {
        TokenCounts tokens = request.tokens();
        boolean told = !tokens.equals(TokenCounts.NONE);
        Duration firstToken = request.firstToken();
        boolean priced = request.cost().isPresent();
        return new Usage(
                1,
                request.failed() ? 1 : 0,
                told || request.failed() ? 0 : 1,
                new TokenCounts(
                        bounded(tokens.input()),
                        bounded(tokens.cacheRead()),
                        bounded(tokens.cacheWrite()),
                        bounded(tokens.output())),
                firstToken == null ? 0 : 1,
                firstToken == null ? 0 : bounded(TimeUnit.MICROSECONDS.convert(firstToken)),
                priced ? 1 : 0,
                !priced && told ? 1 : 0,
                bounded(request.cost().orElse(0)));
    }

    /** Both together. */
    public Usage plus(Usage more) {
        return new Usage(
                requests + more.requests,
                errors + more.errors,
                unreported + more.unreported,
                tokens.plus(more.tokens),
                firstTokens + more.firstTokens,
                firstTokenMicros + more.firstTokenMicros,
                priced + more.priced,
                unpriced + more.unpriced,
                cost + more.cost);
    }

    /** The mean time to the first token of the streamed answers; empty if there was none. */
    public Optional<Duration> meanFirstToken() {
        return firstTokens == 0
                ? Optional.empty()
                : Optional.of(Duration.of(firstTokenMicros / firstTokens, ChronoUnit.MICROS));
    }

    /** The cost in US dollars; empty if no price is known. */
    public Optional<BigDecimal> dollars() {
        return priced == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(cost, 9));
    }

    /** Whether {@link #dollars} is less than all of it. */
    public boolean partlyPriced() {
        return priced > 0 && unpriced > 0;
    }

    private static long bounded(long count) {
        return Math.max(0, Math.min(count, MOST));
    }
}
