package dev.katra.core.session;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model source says which model answers a session, and how its requests get there.
 *
 * @param provider the provider's id
 * @param model the model that was asked for; null if the provider's default applies
 * @param route how the provider is reached: direct, gateway or verbatim
 */
public record ModelSource(String provider, @Nullable String model, String route) {

    public ModelSource {
        Objects.requireNonNull(provider, "provider is null");
        Objects.requireNonNull(route, "route is null");
    }
}
