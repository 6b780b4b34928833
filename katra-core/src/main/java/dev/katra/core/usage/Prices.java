package dev.katra.core.usage;

import dev.katra.core.failure.Failure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Computes the cost of a provider's tokens from its prices, in US dollars a million, as the user wrote them:
 * {@code model=input/output}, {@code model=input/output/cached} or {@code model=input/output/cached/cache-write},
 * separated by commas. A price without a model is for every model that has none of its own. Cached input costs what
 * input costs unless it has a price of its own.
 */
public final class Prices {

    private static final BigDecimal NANOS_A_TOKEN = BigDecimal.valueOf(1_000); // $1 a million = 1000 billionths each

    private final Map<String, Price> byModel;
    private final @Nullable Price others;

    private Prices(Map<String, Price> byModel, @Nullable Price others) {
        this.byModel = Map.copyOf(byModel);
        this.others = others;
    }

    /**
     * Returns the prices in a setting's value.
     *
     * @throws Failure INVALID, naming the part that is wrong
     */
    public static Prices parse(String text) {
        Map<String, Price> byModel = new LinkedHashMap<>();
        Price others = null;
        for (String part : text.split(",", -1)) {
            String entry = part.strip();
            if (entry.isEmpty()) {
                continue;
            }
            int equals = entry.lastIndexOf('=');
            Price price = Price.parse(entry, entry.substring(equals + 1).strip());
            if (equals < 0) {
                others = price;
            } else {
                byModel.put(entry.substring(0, equals).strip(), price);
            }
        }
        return new Prices(byModel, others);
    }

    /**
     * Returns the cost of these tokens of a model, in billionths of a US dollar; empty if the model's price is not
     * known.
     */
    public OptionalLong cost(String model, TokenCounts tokens) {
        Price price = byModel.getOrDefault(model, others);
        return price == null ? OptionalLong.empty() : OptionalLong.of(price.cost(tokens));
    }

    private record Price(BigDecimal input, BigDecimal output, BigDecimal cached, BigDecimal cacheWrite) {

        static Price parse(String entry, String text) {
            List<BigDecimal> parts = new ArrayList<>();
            for (String number : text.split("/", -1)) {
                try {
                    BigDecimal price = new BigDecimal(number.strip());
                    if (price.signum() < 0) {
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
                    input,
                    parts.get(1),
                    parts.size() > 2 ? parts.get(2) : input,
                    parts.size() > 3 ? parts.get(3) : input);
        }

        private static Failure wrong(String entry) {
            return Failure.invalid("\"" + entry + "\" is not a price")
                    .hint("a price is written input/output or input/output/cached, in US dollars a million tokens,"
                            + " with model= before it if it is one model's: gpt-6.1-sol=1.25/10/0.125");
        }

        long cost(TokenCounts tokens) {
            return input.multiply(BigDecimal.valueOf(tokens.input()))
                    .add(output.multiply(BigDecimal.valueOf(tokens.output())))
                    .add(cached.multiply(BigDecimal.valueOf(tokens.cacheRead())))
                    .add(cacheWrite.multiply(BigDecimal.valueOf(tokens.cacheWrite())))
                    .multiply(NANOS_A_TOKEN)
                    .setScale(0, java.math.RoundingMode.HALF_UP)
                    .longValue();
        }
    }
}
