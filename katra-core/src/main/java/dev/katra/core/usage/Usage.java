package dev.katra.core.usage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sums up the usage of requests.
 *
 * @param requests the number of requests, those that failed included
 * @param errors the number of requests that failed
 * @param unreported the number of requests that did not fail and of which the endpoint did not report all tokens: they
 *     are estimated, or missing where the answer was cut short
 * @param tokens the tokens that endpoints reported, and those that are estimated
 * @param firstTokens the number of answers that were streamed
 * @param firstTokenMicros the sum of their times to the first token, in microseconds
 * @param priced the number of requests whose price is known
 * @param unpriced the number of requests that used tokens whose price is not known
 * @param cost the cost of the priced requests, in billionths of a US dollar
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

    /** The usage of no request. */
    public static final Usage NONE = new Usage(0, 0, 0, TokenCounts.NONE, 0, 0, 0, 0, 0);

    /** The largest count of one request; more is an endpoint's mistake, which must not make a sum overflow. */
    private static final long MAX_COUNT = 1_000_000_000_000L;

    public Usage {
        Objects.requireNonNull(tokens, "tokens is null");
    }

    /** Returns the usage of one request. */
    static Usage of(CountedRequest request) {
        TokenCounts tokens = request.tokens();
        boolean told = !tokens.equals(TokenCounts.NONE);
        Duration firstToken = request.firstToken();
        boolean priced = request.cost().isPresent();
        return new Usage(
                1,
                request.failed() ? 1 : 0,
                request.failed() || (told && !request.estimated()) ? 0 : 1,
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

    /** Returns the sum of both. */
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

    /** Returns the mean time to the first token of the streamed answers; empty if there was none. */
    public Optional<Duration> meanFirstToken() {
        return firstTokens == 0
                ? Optional.empty()
                : Optional.of(Duration.of(firstTokenMicros / firstTokens, ChronoUnit.MICROS));
    }

    /** Returns the cost in US dollars; empty if no price is known. */
    public Optional<BigDecimal> dollars() {
        return priced == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(cost, 9));
    }

    /** Returns whether {@link #dollars} lacks the cost of some requests. */
    public boolean isPartlyPriced() {
        return priced > 0 && unpriced > 0;
    }

    private static long bounded(long count) {
        return Math.max(0, Math.min(count, MAX_COUNT));
    }
}
