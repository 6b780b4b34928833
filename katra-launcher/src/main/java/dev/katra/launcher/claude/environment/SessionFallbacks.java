package dev.katra.launcher.claude.environment;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.launcher.environment.CallerEnvironment;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses the providers that answer in place of a session's own when that does not, and their keys. */
final class SessionFallbacks {

    private final Provider provider;
    private final List<Provider> providers;

    private SessionFallbacks(Provider provider, List<Provider> providers) {
        this.provider = provider;
        this.providers = List.copyOf(providers);
    }

    /**
     * Returns the fallbacks that a start asks for, otherwise those of the provider's entry.
     *
     * @throws Failure NOT_FOUND for an unknown provider, INVALID for one that cannot be a fallback
     */
    static SessionFallbacks of(ProviderCatalog catalog, Provider provider, LaunchTarget target) {
        String asked = target.fallback();
        List<Provider> found = new ArrayList<>();
        for (String id : Provider.fallbackIds(asked == null ? provider.fallback() : asked)) {
            Provider fallback = catalog.get(id);
            if (fallback.id().equals(provider.id()) || found.contains(fallback)) {
                throw Failure.invalid(
                                fallback.id().equals(provider.id())
                                        ? provider.id() + " cannot be its own fallback"
                                        : fallback.id() + " is named twice as a fallback")
                        .hint("name each other provider once: --fallback ID,ID; or --fallback none");
            }
            found.add(fallback);
        }
        SessionFallbacks fallbacks = new SessionFallbacks(provider, found);
        String model = target.model() == null ? provider.model() : target.model();
        found.forEach(fallback -> requireUsable(fallback, model));
        return fallbacks;
    }

    private static void requireUsable(Provider fallback, @Nullable String model) {
        if (isOnKatra(fallback)) {
            throw Failure.invalid(fallback.id() + " is served by Katra itself, and cannot be a fallback")
                    .hint("name another provider: katra providers");
        }
        fallback.destinationOn(Route.GATEWAY);
        boolean ofClaude = model == null || ModelNames.isAlias(model) || model.startsWith("claude");
        if (fallback.model() == null ? !ofClaude : ModelNames.isAlias(fallback.model())) {
            throw Failure.invalid("the fallback " + fallback.id() + " has no model to answer with")
                    .hint("write the full name of one into providers.conf: " + fallback.settingPrefix()
                            + "_MODEL=NAME");
        }
    }

    private static boolean isOnKatra(Provider provider) {
        return provider.messagesEndpoint().filter(Endpoints::isOnKatra).isPresent();
    }

    /** Returns the providers in the order in which they are asked. */
    List<Provider> providers() {
        return providers;
    }

    /**
     * Returns the route of the session, which goes through the gateway if it has fallbacks.
     *
     * @param credential how the session authenticates itself; null if it cannot
     * @throws Failure INVALID if its route or its credential allows no fallback
     */
    Route route(@Nullable Route asked, @Nullable SessionCredential credential) {
        Route wanted = asked == null ? provider.route() : asked;
        if (providers.isEmpty()) {
            return provider.routeFor(asked);
        }
        if (isOnKatra(provider)) {
            throw Failure.invalid(provider.id() + " is served by Katra itself, and has no fallback")
                    .hint("add --fallback none");
        }
        if (wanted != Route.AUTO && wanted != Route.GATEWAY) {
            throw Failure.invalid(
                            "a session with a fallback goes through the gateway, and this one would take the route "
                                    + wanted.externalName())
                    .hint("add --route gateway, or --fallback none");
        }
        if (credential instanceof SessionCredential.Login) {
            throw Failure.invalid("a session on your Claude login has no fallback: such a session talks to Anthropic"
                            + " itself, and not through the gateway")
                    .hint("export " + provider.apiKeyVar() + "=your-key-here, or add --fallback none");
        }
        return Route.GATEWAY;
    }

    /**
     * Returns the lines of the session's own headers that bring the keys of its fallbacks to the gateway.
     *
     * @throws Failure UNAVAILABLE if a key is missing
     */
    List<String> headers(CallerEnvironment caller) {
        return providers.stream()
                .flatMap(
                        fallback -> key(fallback, caller)
                                .map(key -> SessionContract.FALLBACK_KEY_HEADER + fallback.id() + ": " + key)
                                .stream())
                .toList();
    }

    private Optional<String> key(Provider fallback, CallerEnvironment caller) {
        SessionCredential credential = SessionCredential.of(fallback, caller);
        if (credential instanceof SessionCredential.Key key) {
            return Optional.of(key.value());
        }
        if (credential instanceof SessionCredential.Placeholder) {
            return Optional.ofNullable(Objects.requireNonNullElse(
                            fallback.env().get("ANTHROPIC_AUTH_TOKEN"),
                            Objects.requireNonNullElse(fallback.env().get("ANTHROPIC_API_KEY"), "")))
                    .filter(word -> !word.isEmpty());
        }
        String export = "export " + fallback.apiKeyVar() + "=your-key-here, or add --fallback none";
        throw Failure.unavailable("API key not found for " + fallback.id() + ", the fallback of " + provider.id())
                .hint(export);
    }
}
