package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Route;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a start asks for.
 *
 * @param providerId the provider
 * @param model the model, or null for the provider's
 * @param route the route, or null for the provider's
 */
public record LaunchTarget(
        String providerId, @Nullable String model, @Nullable Route route) {

    public LaunchTarget {
        Objects.requireNonNull(providerId, "providerId is null");
        model = model == null || model.isBlank() ? null : model;
    }

    /** A provider with its own model and route. */
    public static LaunchTarget of(String providerId) {
        return new LaunchTarget(providerId, null, null);
    }
}
