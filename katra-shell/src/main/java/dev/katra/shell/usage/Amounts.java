package dev.katra.shell.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Writes amounts in few characters, for people; {@code --json} has the exact ones. */
public final class Amounts {

    private static final int EXACT_BELOW = 10_000;
    private static final String UNITS = "kMBT";
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal MIN_DOLLARS = new BigDecimal("0.0001");

    private Amounts() {}

    /** Returns a number in few characters: 950, 9,876, 12.3k, 1.2M. */
    public static String of(long number) {
        if (number < EXACT_BELOW) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        BigDecimal rounded = BigDecimal.valueOf(number).round(new MathContext(3, RoundingMode.HALF_UP));
        int unit = -1;
        while (rounded.compareTo(THOUSAND) >= 0 && unit < UNITS.length() - 1) {
            rounded = rounded.movePointLeft(3);
            unit++;
        }
        return rounded.stripTrailingZeros().toPlainString() + UNITS.charAt(unit);
    }

    /** Returns US dollars in few characters: $1,234.50, $0.07, $0.0042. */
    public static String dollars(BigDecimal amount) {
        if (amount.signum() > 0 && amount.compareTo(MIN_DOLLARS) < 0) {
            return "<$" + MIN_DOLLARS;
        }
        boolean small = amount.signum() > 0 && amount.compareTo(CENT) < 0;
        return String.format(Locale.ROOT, "$%,." + (small ? 4 : 2) + "f", amount);
    }

    /** Returns a time in seconds: 0.82s, 12.3s. */
    public static String seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toMillis(), 3);
        return String.format(Locale.ROOT, "%." + (time.toSeconds() < 10 ? 2 : 1) + "fs", seconds);
    }
}
