package dev.katra.shell.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.usage.RequestCounts;
import dev.katra.core.usage.TokenCounts;
import dev.katra.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A usage view is the usage of a session or a model, for {@code --json}, where its parts stand as if they were its own
 * fields.
 *
 * @param meanFirstTokenSeconds over the streamed answers; null if there was none
 */
public record UsageView(
        @JsonUnwrapped Requests requests,
        @JsonUnwrapped Tokens tokens,
        @Nullable BigDecimal meanFirstTokenSeconds,
        @JsonUnwrapped Price price) {

    /**
     * Counts the requests.
     *
     * @param requests all of them
     * @param errors those that failed
     * @param unreported those that did not fail and whose tokens the endpoint did not tell; they are estimated
     */
    public record Requests(long requests, long errors, long unreported) {}

    /**
     * Counts the tokens.
     *
     * @param inputTokens all of the input
     * @param cachedTokens how many of them were read from a cache
     * @param cacheWriteTokens how many of them were put into a cache
     * @param outputTokens the output, thinking included
     */
    public record Tokens(long inputTokens, long cachedTokens, long cacheWriteTokens, long outputTokens) {}

    /**
     * Says what the requests cost.
     *
     * @param costUsd null if no price is known
     * @param costIsPartial whether some requests have no price
     * @param listPriceUsd the cost at the list prices of the provider, as the client has reported it; null if it has
     *     reported none
     */
    public record Price(
            @Nullable BigDecimal costUsd,
            boolean costIsPartial,
            @Nullable BigDecimal listPriceUsd) {}

    /** Returns the view of these sums. */
    public static UsageView of(Usage usage) {
        RequestCounts requests = usage.requests();
        TokenCounts tokens = usage.tokens();
        return new UsageView(
                new Requests(requests.all(), requests.errors(), requests.unreported()),
                new Tokens(tokens.allInput(), tokens.cacheRead(), tokens.cacheWrite(), tokens.output()),
                usage.meanFirstToken().map(UsageView::seconds).orElse(null),
                new Price(
                        usage.dollars().map(UsageView::plain).orElse(null),
                        usage.isPartlyPriced(),
                        usage.listDollars().map(UsageView::plain).orElse(null)));
    }

    /** Returns whether a price is known. */
    public boolean hasPrice() {
        return price.costUsd != null;
    }

    /**
     * Returns the cost in few characters, with a "+" if it is not all of it; "no price" if tokens were used whose price is
     * not known, and "-" if none were.
     */
    public String costInWords() {
        if (price.costUsd == null) {
            return tokens.inputTokens + tokens.outputTokens > 0 ? "no price" : "-";
        }
        return Amounts.dollars(price.costUsd) + (price.costIsPartial ? "+" : "");
    }

    /** Returns the cost at list prices in few characters; empty if it is not known. */
    String listPriceInWords() {
        return price.listPriceUsd == null ? "" : Amounts.dollars(price.listPriceUsd);
    }

    private static BigDecimal seconds(Duration time) {
        return plain(BigDecimal.valueOf(time.toNanos() / 1_000, 6));
    }

    /** Returns the number without zeros at the end, and without an exponent. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
