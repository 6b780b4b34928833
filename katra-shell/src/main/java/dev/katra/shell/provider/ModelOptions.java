package dev.katra.shell.provider;

import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options of every command that is about one model; each is null if it is not given.
 *
 * @param provider the provider's id
 * @param model the provider's name of the model
 * @param routeWord one of the words of {@link Route}
 */
public record ModelOptions(
        @Takes(Takes.ValueKind.PROVIDER)
        @Option(longName = "provider", description = "the provider (katra providers lists them)")
        @Nullable
        String provider,

        @Takes(Takes.ValueKind.MODEL)
        @Option(longName = "model", description = "the model (default: the provider's)")
        @Nullable
        String model,

        @Takes(Takes.ValueKind.ROUTE)
        @Option(longName = "route", description = "auto, direct, gateway or verbatim")
        @Nullable
        String routeWord) {

    /** Returns the route that was asked for; null if none was. */
    public @Nullable Route route() {
        return routeWord == null ? null : Route.parse(routeWord);
    }
}
