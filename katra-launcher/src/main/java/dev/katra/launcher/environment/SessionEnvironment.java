package dev.katra.launcher.environment;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the whole environment of a session's process.
 *
 * @param provider the provider that the session talks to
 * @param model the model that it starts with; null for the agent's own default
 * @param route the route it takes, never {@code AUTO}
 * @param fallbacks the providers that answer in place of its own when that does not, in this order
 * @param variables the variables that Katra and the provider set, then those taken over from the caller, by name
 * @param userLogin whether the credential, and with it the destination of requests, is left to the user's own settings of
 *     the agent
 * @param warnings warnings that a person should read before the start
 */
public record SessionEnvironment(
        Provider provider,
        @Nullable String model,
        Route route,
        List<Provider> fallbacks,
        List<EnvironmentVariable> variables,
        boolean userLogin,
        List<String> warnings) {

    public SessionEnvironment {
        fallbacks = List.copyOf(fallbacks);
        variables = List.copyOf(variables);
        warnings = List.copyOf(warnings);
    }

    /** Returns the variables as the process gets them, secrets included. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        variables.forEach(variable -> map.put(variable.name(), variable.value()));
        return map;
    }

    /** Returns the variable of this name, if it is set. */
    public Optional<EnvironmentVariable> find(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
