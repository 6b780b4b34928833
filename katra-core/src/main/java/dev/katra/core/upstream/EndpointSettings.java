package dev.katra.core.upstream;

import java.util.Objects;

/**
 * Holds what the provider's entry says of an endpoint, as it stands there.
 *
 * @param quirks as {@link Quirks#parse} reads them
 * @param efforts as {@link Quirks#parse} reads them
 * @param prices as {@link Prices#parse} reads them
 * @param judge as {@link Judge#parse} reads it
 */
public record EndpointSettings(String quirks, String efforts, String prices, String judge) {

    /** Says nothing of an endpoint. */
    public static final EndpointSettings NONE = new EndpointSettings("", "", "", "");

    public EndpointSettings {
        Objects.requireNonNull(quirks, "quirks is null");
        Objects.requireNonNull(efforts, "efforts is null");
        Objects.requireNonNull(prices, "prices is null");
        Objects.requireNonNull(judge, "judge is null");
    }
}
