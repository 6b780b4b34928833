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
 * @param tokens the tokens that endpoints reported, and those that are estimated
 */
public record Usage(RequestCounts requests, TokenCounts tokens, FirstTokens firstTokens, Cost cost) {

    /** The usage of no request. */
    public static final Usage NONE = new Usage(RequestCounts.NONE, TokenCounts.NONE, FirstTokens.NONE, Cost.NONE);

    public Usage {
        Objects.requireNonNull(tokens, "tokens is null");
    }

    /** Returns the usage of one request. */
    static Usage of(CountedRequest request) {
        boolean told = !request.tokens().equals(TokenCounts.NONE);
        boolean reported = request.failed() || (told && !request.estimated());
        return new Usage(
                new RequestCounts(1, request.failed() ? 1 : 0, reported ? 0 : 1),
                bounded(request.tokens()),
                firstTokens(request),
                cost(request, told));
    }

    private static FirstTokens firstTokens(CountedRequest request) {
        Duration firstToken = request.firstToken();
        return firstToken == null
                ? FirstTokens.NONE
                : new FirstTokens(1, bounded(TimeUnit.MICROSECONDS.convert(firstToken)));
    }

    private static Cost cost(CountedRequest request, boolean told) {
        boolean priced = request.cost().isPresent();
        return new Cost(
                priced ? 1 : 0, !priced && told ? 1 : 0, bounded(request.cost().orElse(0)), 0);
    }

    /** Returns the sum of both. */
    public Usage plus(Usage more) {
        return new Usage(
                requests.plus(more.requests),
                tokens.plus(more.tokens),
                firstTokens.plus(more.firstTokens),
                cost.plus(more.cost));
    }

    /** Returns the mean time to the first token of the streamed answers; empty if there was none. */
    public Optional<Duration> meanFirstToken() {
        return firstTokens.answers() == 0
                ? Optional.empty()
                : Optional.of(Duration.of(firstTokens.micros() / firstTokens.answers(), ChronoUnit.MICROS));
    }

    /** Returns the cost in US dollars; empty if no price is known. */
    public Optional<BigDecimal> dollars() {
        return cost.priced() == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(cost.nanoDollars(), 9));
    }

    /**
     * Returns the cost in US dollars at the list prices that the client has reported; empty if it has reported none. It
     * stands for requests that {@link #dollars} may count too.
     */
    public Optional<BigDecimal> listDollars() {
        return cost.listNanoDollars() == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(cost.listNanoDollars(), 9));
    }

    /** Returns whether {@link #dollars} lacks the cost of some requests. */
    public boolean isPartlyPriced() {
        return cost.priced() > 0 && cost.unpriced() > 0;
    }

    private static TokenCounts bounded(TokenCounts tokens) {
        return new TokenCounts(
                bounded(tokens.input()),
                bounded(tokens.cacheRead()),
                bounded(tokens.cacheWrite()),
                bounded(tokens.output()));
    }

    private static long bounded(long count) {
        return Math.max(0, Math.min(count, ReportedRequest.MAX_TOKENS));
    }
}
