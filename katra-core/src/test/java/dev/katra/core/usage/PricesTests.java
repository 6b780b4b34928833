package dev.katra.core.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTests {

    private static final TokenCounts TOKENS = new TokenCounts(1_000, 10_000, 100, 500);

    @Test
    void knowsWhatAModelCosts() {
        Prices prices = Prices.parse("gpt-6.1-sol=1.25/10/0.125, gpt-6-luna = 0.25/2");
        assertThat(prices.cost("gpt-6.1-sol", TOKENS)).hasValue(1_250_000 + 5_000_000 + 1_250_000 + 125_000);
        assertThat(prices.cost("gpt-6-luna", TOKENS)).hasValue(250_000 + 1_000_000 + 2_500_000 + 25_000);
        assertThat(prices.cost("gpt-5.5", TOKENS)).isEmpty();
    }

    @Test
    void takesThePriceWithoutAModelForAllOthers() {
        Prices prices = Prices.parse("1/2/0/3,vendor/big=4/5");
        assertThat(prices.cost("vendor/big", new TokenCounts(1, 0, 0, 1))).hasValue(9_000);
        assertThat(prices.cost("any", TOKENS)).hasValue(1_000_000 + 1_000_000 + 300_000);
    }

    @Test
    void knowsNoPriceWhereNoneIsGiven() {
        assertThat(Prices.parse(" ").cost("any", TOKENS)).isEmpty();
    }

    @Test
    void saysWhatEachModelCostsInTheOrderOfTheSetting() {
        Prices prices = Prices.parse("z=1.25/10/0.125, a=0.25/2, 0/3/0/4");

        assertThat(prices.models()).containsExactly("z", "a");
        assertThat(prices.of("z"))
                .contains(new Price(
                        new BigDecimal("1.25"), new BigDecimal("10"), new BigDecimal("0.125"), new BigDecimal("1.25")));
        assertThat(prices.of("other")).isEqualTo(prices.others());
        assertThat(prices.others().map(Price::cacheWrite)).contains(new BigDecimal("4"));
        assertThat(Prices.parse("z=1/2").of("other")).isEmpty();
    }

    @Test
    void roundsToABillionthOfADollar() {
        assertThat(Prices.parse("0.0125/0").cost("any", new TokenCounts(1, 0, 0, 0)))
                .hasValue(13);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "1/2/3/4/5", "a/b", "m=", "-1/2", "m=1/2/x", "1000001/2", "1e9999999/2", "1e-9999999/2"})
    void refusesWhatIsNoPrice(String text) {
        assertThatThrownBy(() -> Prices.parse("ok=1/2," + text))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.text())
                        .contains("\"" + text + "\" is not a price"));
    }
}
