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
 * Holds the whole environment of a session's process.
 *
 * @param provider the provider that the session talks to
 * @param model the model that it starts with; null for Claude Code's own default
 * @param route the route it takes, never {@code AUTO}
 * @param variables the variables that Katra and the provider set, then those taken over from the caller, by name
 * @param warnings warnings that a person should read before the start
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

    /** Returns the variables as the process gets them, secrets included. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        variables.forEach(variable -> map.put(variable.name(), variable.value()));
        return map;
    }

    /**
     * Returns the endpoint behind the gateway that serves this session; empty on the other routes.
     *
     * @param trace whether the gateway writes a trace of what passes
     */
    public Optional<Upstream> upstream(boolean trace) {
        return route == Route.GATEWAY ? Optional.of(new UpstreamBuilder(this).build(trace)) : Optional.empty();
    }

    /** Returns the small model's name as the endpoint knows it; null if none is named. */
    @Nullable
    String smallModel() {
        return find("ANTHROPIC_DEFAULT_HAIKU_MODEL")
                .map(EnvironmentVariable::value)
                .or(() -> Optional.ofNullable(model))
                .filter(name -> !name.isEmpty() && !ModelNames.isAlias(name))
                .map(ModelNames::withoutWindow)
                .orElse(null);
    }

    /** Returns the client's tools that its provider cannot serve. */
    public List<String> unsupportedTools() {
        boolean search = !provider.isTranslatedOn(route)
                || Quirks.parse(provider.quirks(), "").has(Quirk.WEB_SEARCH);
        return search ? List.of() : List.of("WebSearch");
    }

    /**
     * Returns whether the credential, and with it the destination of requests, is left to the user's own settings of
     * the client.
     */
    public boolean usesUserLogin() {
        return find("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST").isEmpty();
    }

    /** Returns the variable of this name, if it is set. */
    public Optional<EnvironmentVariable> find(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name))
                .findFirst();
    }
}
