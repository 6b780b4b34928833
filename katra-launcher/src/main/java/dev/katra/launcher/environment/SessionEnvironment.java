package dev.katra.launcher.environment;

import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a session's process gets as its environment, and nothing else.
 *
 * @param provider the provider it talks to
 * @param model the model it starts with, or null for Claude Code's own default
 * @param route the route it takes, never {@code AUTO}
 * @param variables first what Katra and the provider set, then what is taken over from the caller, by name
 * @param warnings what a person should know before the start
 */
public record SessionEnvironment(
        Provider provider,
        @Nullable String model,
        Route route,
        List<EnvironmentVariable> variables,
        List<String> warnings) {

    public SessionEnvironment {
        variables = List.copyOf(variables);
        warnings = List.copyOf(warnings);
    }

    /** The variables as the process gets them, secrets included. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        variables.forEach(variable -> map.put(variable.name(), variable.value()));
        return map;
    }

    /**
     * The endpoint behind the gateway that this session passes; empty on the other routes.
     *
     * @param trace whether the gateway shall write what passes
     */
    public Optional<Upstream> upstream(boolean trace) {
        return route == Route.GATEWAY ? Optional.of(new BehindGateway(this).upstream(trace)) : Optional.empty();
    }

    /** The client's tools that its provider cannot serve. */
    public List<String> missingTools() {
        boolean search = !provider.isTranslatedOn(route)
                || Quirks.parse(provider.quirks(), "").has(Quirk.WEB_SEARCH);
        return search ? List.of() : List.of("WebSearch");
    }

    /** One variable. */
    public Optional<EnvironmentVariable> find(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
