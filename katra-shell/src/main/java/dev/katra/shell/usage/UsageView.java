package dev.katra.shell.usage;

import dev.katra.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A usage view is the usage of a session or a model, for {@code --json}.
 *
 * @param requests all of them
 * @param errors those that failed
 * @param unreported those that did not fail and whose tokens the endpoint did not tell; they are estimated
 * @param inputTokens all of the input
 * @param cachedTokens how many of them were read from a cache
 * @param cacheWriteTokens how many of them were put into a cache
 * @param outputTokens the output, thinking included
 * @param meanFirstTokenSeconds over the streamed answers; null if there was none
 * @param costUsd null if no price is known
 * @param costIsPartial whether some requests have no price
 */
public record UsageView(
        long requests,
        long errors,
        long unreported,
        long inputTokens,
        long cachedTokens,
        long cacheWriteTokens,
        long outputTokens,
        @Nullable BigDecimal meanFirstTokenSeconds,
        @Nullable BigDecimal costUsd,
        boolean costIsPartial) {

    /** Returns the view of these sums. */
    public static UsageView of(Usage usage) {
        return new UsageView(
                usage.requests().all(),
                usage.requests().errors(),
                usage.requests().unreported(),
                usage.tokens().allInput(),
                usage.tokens().cacheRead(),
                usage.tokens().cacheWrite(),
                usage.tokens().output(),
                usage.meanFirstToken().map(UsageView::seconds).orElse(null),
                usage.dollars().map(UsageView::plain).orElse(null),
                usage.isPartlyPriced());
    }

    /** Returns the cost in few characters, with a "+" if it is not all of it; "-" if it is not known. */
    public String cost() {
        return costUsd == null ? "-" : Amounts.dollars(costUsd) + (costIsPartial ? "+" : "");
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
