package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Route;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names the provider, model, route and fallbacks that a start asks for.
 *
 * @param providerId the provider's id
 * @param model the model's name; null for the provider's own
 * @param route the route; null for the provider's own
 * @param fallback the ids of the providers that answer when that one does not, separated by commas, or {@code none};
 *     null for the provider's own
 */
public record LaunchTarget(
        String providerId,
        @Nullable String model,
        @Nullable Route route,
        @Nullable String fallback) {

    public LaunchTarget {
        Objects.requireNonNull(providerId, "providerId is null");
        model = model == null || model.isBlank() ? null : model;
    }

    /** Names a target with the provider's own fallbacks. */
    public LaunchTarget(String providerId, @Nullable String model, @Nullable Route route) {
        this(providerId, model, route, null);
    }

    /** Returns a target with the provider's own model and route. */
    public static LaunchTarget of(String providerId) {
        return new LaunchTarget(providerId, null, null);
    }
}
