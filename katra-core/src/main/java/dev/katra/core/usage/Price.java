package dev.katra.core.usage;

import dev.katra.core.failure.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what a model's tokens cost, in US dollars a million.
 *
 * @param input what input costs that no cache holds
 * @param cached what input costs that is read from a cache
 * @param cacheWrite what input costs that is put into a cache
 */
public record Price(BigDecimal input, BigDecimal output, BigDecimal cached, BigDecimal cacheWrite) {

    private static final BigDecimal NANOS_A_TOKEN = BigDecimal.valueOf(1_000); // $1 a million = 1000 billionths each
    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000); // a dollar a token
    private static final int MAX_DECIMALS = 12;

    /**
     * Returns the price in a part of a setting's value.
     *
     * @param entry the whole part, for the error
     * @throws Failure INVALID, naming the part
     */
    static Price parse(String entry, String text) {
        List<BigDecimal> parts = new ArrayList<>();
        for (String number : text.split("/", -1)) {
            try {
                BigDecimal price = new BigDecimal(number.strip());
                if (price.signum() < 0 || price.compareTo(MAX) > 0 || price.scale() > MAX_DECIMALS) {
                    throw wrong(entry);
                }
                parts.add(price);
            } catch (NumberFormatException e) {
                throw wrong(entry);
            }
        }
        if (parts.size() < 2 || parts.size() > 4) {
            throw wrong(entry);
        }
        BigDecimal input = parts.get(0);
        return new Price(
                input, parts.get(1), parts.size() > 2 ? parts.get(2) : input, parts.size() > 3 ? parts.get(3) : input);
    }

    private static Failure wrong(String entry) {
        return Failure.invalid("\"" + entry + "\" is not a price")
                .hint("a price is written input/output or input/output/cached, in US dollars a million tokens,"
                        + " with model= before it if it is one model's: gpt-6.1-sol=1.25/10/0.125");
    }

    /** Returns the cost of these tokens, in billionths of a US dollar. */
    public long cost(TokenCounts tokens) {
        return input.multiply(BigDecimal.valueOf(tokens.input()))
                .add(output.multiply(BigDecimal.valueOf(tokens.output())))
                .add(cached.multiply(BigDecimal.valueOf(tokens.cacheRead())))
                .add(cacheWrite.multiply(BigDecimal.valueOf(tokens.cacheWrite())))
                .multiply(NANOS_A_TOKEN)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
    }
}
