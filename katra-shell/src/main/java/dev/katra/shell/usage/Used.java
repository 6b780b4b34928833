package dev.katra.shell.usage;

import dev.katra.core.usage.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was used, for {@code --json}.
 *
 * @param requests all of them
 * @param errors those that failed
 * @param unreported those that did not fail and whose tokens are not known
 * @param inputTokens all of the input
 * @param cachedTokens how many of them were read from a cache
 * @param cacheWriteTokens how many of them were put into a cache
 * @param outputTokens the output, thinking included
 * @param meanFirstTokenSeconds over the streamed answers; null if there was none
 * @param costUsd null if no price is known
 * @param costIsPartial whether some requests have no price
 */
public record Used(
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

    /** That of the sums. */
    public static Used of(Usage usage) {
        return new Used(
                usage.requests(),
                usage.errors(),
                usage.unreported(),
                usage.tokens().allInput(),
                usage.tokens().cacheRead(),
                usage.tokens().cacheWrite(),
                usage.tokens().output(),
                usage.meanFirstToken().map(Used::seconds).orElse(null),
                usage.dollars().map(Used::plain).orElse(null),
                usage.partlyPriced());
    }

    /** The cost in few characters, with a "+" if it is not all of it; "-" if it is not known. */
    public String cost() {
        return costUsd == null ? "-" : Amounts.dollars(costUsd) + (costIsPartial ? "+" : "");
    }

    private static BigDecimal seconds(Duration time) {
        return plain(BigDecimal.valueOf(time.toNanos() / 1_000, 6));
    }

    /** Without zeros at the end, and without an exponent. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
