package dev.katra.shell.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "0 0",
                "950 950",
                "9999 9,999",
                "10000 10k",
                "12345 12.3k",
                "123456 123k",
                "999499 999k",
                "999500 1M",
                "1234567 1.23M",
                "1200000000 1.2B",
                "999999999999999 1000T",
            })
    void numbersHaveThreeDigitsFromTenThousandOn(long number, String text) {
        assertThat(Amounts.of(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "0 $0.00",
                "0.00001 <$0.0001",
                "0.0042 $0.0042",
                "0.01 $0.01",
                "1.235 $1.24",
                "1234.5 $1,234.50",
            })
    void dollarsHaveCentsAndLessOnlyBelowACent(BigDecimal amount, String text) {
        assertThat(Amounts.dollars(amount)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"0 0.00s", "824 0.82s", "9996 10.00s", "12345 12.3s", "123456 123.5s"})
    void secondsHaveHundredthsBelowTen(long millis, String text) {
        assertThat(Amounts.seconds(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
