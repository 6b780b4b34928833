package dev.katra.shell.provider;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.usage.Price;
import dev.katra.core.usage.Prices;
import dev.katra.launcher.provider.Provider;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A price row is what one model of a provider costs, for {@code --json}, where its parts stand as if they were its own
 * fields.
 *
 * @param model null for every model of the provider that has no row of its own
 * @param price {@code set} in {@code providers.conf}, the {@code list} price that the client reports, or {@code none}
 */
record PriceRow(
        String provider,
        @Nullable String model,
        Known price,
        @JsonUnwrapped Amounts amounts,
        @JsonUnwrapped Origin origin) {

    private static final int DAYS_OF_USE = 180;

    /** Says how a price is known. */
    enum Known {
        SET,
        LIST,
        NONE
    }

    /**
     * Holds a price in US dollars a million tokens; each part is null if none is set.
     *
     * @param cachedPrice of input that is read from a cache
     * @param cacheWritePrice of input that is put into a cache
     */
    record Amounts(
            @Nullable BigDecimal inputPrice,
            @Nullable BigDecimal outputPrice,
            @Nullable BigDecimal cachedPrice,
            @Nullable BigDecimal cacheWritePrice) {

        private static final Amounts NONE = new Amounts(null, null, null, null);

        private static Amounts of(Price price) {
            return new Amounts(price.input(), price.output(), price.cached(), price.cacheWrite());
        }
    }

    /**
     * Says where a price is from.
     *
     * @param note what a reader should know of it; empty if there is nothing
     */
    record Origin(@Nullable String date, @Nullable String source, String note) {}

    /** Returns the rows of a provider: the models that its entry names, those that have a price, and the others. */
    static List<PriceRow> of(Provider provider, LocalDate today, String client) {
        Prices prices = Prices.parse(provider.prices());
        Set<String> models = new LinkedHashSet<>(provider.models());
        models.addAll(prices.models());
        Stream<PriceRow> named = models.stream().map(model -> row(provider, model, prices.of(model), today, client));
        return models.isEmpty() || prices.others().isPresent()
                ? Stream.concat(named, Stream.of(row(provider, null, prices.others(), today, client)))
                        .toList()
                : named.toList();
    }

    private static PriceRow row(
            Provider provider, @Nullable String model, Optional<Price> price, LocalDate today, String client) {
        if (price.isPresent()) {
            return new PriceRow(
                    provider.id(),
                    model,
                    Known.SET,
                    Amounts.of(price.get()),
                    new Origin(
                            provider.pricesDate(),
                            provider.pricesSource(),
                            provider.pricesDay().map(day -> age(day, today)).orElse("undated")));
        }
        return provider.hasLogin()
                ? new PriceRow(
                        provider.id(),
                        model,
                        Known.LIST,
                        Amounts.NONE,
                        new Origin(null, client, "what requests cost at it: katra usage"))
                : new PriceRow(provider.id(), model, Known.NONE, Amounts.NONE, new Origin(null, null, ""));
    }

    private static String age(LocalDate day, LocalDate today) {
        long days = ChronoUnit.DAYS.between(day, today);
        return days < 0 ? "dated in the future" : days > DAYS_OF_USE ? days + " days old" : "";
    }
}
