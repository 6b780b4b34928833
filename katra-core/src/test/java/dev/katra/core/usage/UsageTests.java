package dev.katra.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class UsageTests {

    private static final ModelTask TASK = new ModelTask("demo", "m", Purpose.CONVERSATION);
    private static final TokenCounts TOKENS = new TokenCounts(10, 20, 30, 40);

    @Test
    void sumsUpRequests() {
        Usage sum = Usage.of(new CountedRequest(TASK, false, TOKENS, Duration.ofMillis(100), OptionalLong.of(7)))
                .plus(Usage.of(
                        new CountedRequest(TASK, false, TOKENS, Duration.ofNanos(300_500_900), OptionalLong.of(8))))
                .plus(Usage.of(new CountedRequest(TASK, true, TokenCounts.NONE, null, OptionalLong.empty())));

        assertThat(sum)
                .isEqualTo(new Usage(
                        new RequestCounts(3, 1, 0),
                        new TokenCounts(20, 40, 60, 80),
                        new FirstTokens(2, 400_500),
                        new Cost(2, 0, 15, 0)));
        assertThat(sum.tokens().allInput()).isEqualTo(120);
        assertThat(sum.meanFirstToken()).contains(Duration.ofNanos(200_250_000));
        assertThat(sum.dollars()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.000000015"));
        assertThat(sum.isPartlyPriced()).isFalse();
    }

    @Test
    void knowsNoMeanAndNoCostOfNothing() {
        assertThat(Usage.NONE.meanFirstToken()).isEmpty();
        assertThat(Usage.NONE.dollars()).isEmpty();
    }

    @Test
    void tellsAKnownPriceOfZeroFromAnUnknownPrice() {
        Usage free = Usage.of(new CountedRequest(TASK, false, TOKENS, null, OptionalLong.of(0)));
        Usage unpriced = Usage.of(new CountedRequest(TASK, false, TOKENS, null, OptionalLong.empty()));

        assertThat(free.dollars()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(BigDecimal.ZERO));
        assertThat(unpriced.dollars()).isEmpty();
        assertThat(unpriced.isPartlyPriced()).isFalse();
        assertThat(free.plus(unpriced).isPartlyPriced()).isTrue();
    }

    @Test
    void tellsAnAnswerWithoutReportFromAFailureWithoutTokens() {
        Usage silent = Usage.of(new CountedRequest(TASK, false, TokenCounts.NONE, null, OptionalLong.empty()));
        Usage failed = Usage.of(new CountedRequest(TASK, true, TokenCounts.NONE, null, OptionalLong.empty()));

        assertThat(silent.requests().unreported()).isOne();
        assertThat(failed.requests().unreported()).isZero();
        assertThat(silent.plus(failed).cost().unpriced()).isZero();
    }

    @Test
    void tellsAnEstimateFromAReport() {
        Usage estimated = Usage.of(new CountedRequest(TASK, false, TOKENS, null, OptionalLong.empty(), true));
        Usage reported = Usage.of(new CountedRequest(TASK, false, TOKENS, null, OptionalLong.empty()));

        assertThat(estimated.requests().unreported()).isOne();
        assertThat(estimated.tokens()).isEqualTo(TOKENS);
        assertThat(reported.requests().unreported()).isZero();
    }

    @Test
    void doesNotLetAnEndpointsNonsenseOverflowASum() {
        Usage absurd = Usage.of(new CountedRequest(
                TASK,
                false,
                new TokenCounts(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE),
                OptionalLong.of(-1)));

        Usage sum = absurd.plus(absurd);

        assertThat(sum.tokens().allInput()).isPositive();
        assertThat(sum.firstTokens().micros()).isPositive();
        assertThat(sum.cost().nanoDollars()).isZero();
    }
}
