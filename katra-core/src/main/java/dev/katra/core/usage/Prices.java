package dev.katra.core.usage;

import dev.katra.core.failure.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes the cost of a provider's tokens from its prices, in US dollars a million, as the user wrote them:
 * {@code model=input/output}, {@code model=input/output/cached} or {@code model=input/output/cached/cache-write},
 * separated by commas. A price without a model is for every model that has none of its own. Cached input costs what
 * input costs unless it has a price of its own.
 */
public final class Prices {

    private final Map<String, Price> byModel;
    private final @Nullable Price others;

    private Prices(Map<String, Price> byModel, @Nullable Price others) {
        this.byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
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

    /** Returns the models that have a price of their own, in the order of the setting. */
    public Set<String> models() {
        return byModel.keySet();
    }

    /** Returns the price of every model that has none of its own. */
    public Optional<Price> others() {
        return Optional.ofNullable(others);
    }

    /** Returns the price of a model, empty if it is not known. */
    public Optional<Price> of(String model) {
        return Optional.ofNullable(byModel.getOrDefault(model, others));
    }

    /**
     * Returns the cost of these tokens of a model, in billionths of a US dollar; empty if the model's price is not
     * known.
     */
    public OptionalLong cost(String model, TokenCounts tokens) {
        Price price = byModel.getOrDefault(model, others);
        return price == null ? OptionalLong.empty() : OptionalLong.of(price.cost(tokens));
    }
}
