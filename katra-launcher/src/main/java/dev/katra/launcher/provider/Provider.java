package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Protocol;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One provider's entry: where it is, what it speaks, who pays and with which models. Adding a provider is adding data;
 * nothing in Katra knows the list.
 *
 * @param id its name in lower case
 * @param endpoint the API root as the vendor's documentation writes it
 * @param anthropicEndpoint where the vendor serves the Anthropic Messages API, if elsewhere
 * @param protocol what the endpoint speaks
 * @param route how sessions reach it unless they say otherwise
 * @param apiKeyVar the environment variable that holds the key
 * @param auth how the key travels
 * @param env further variables of a session's environment
 */
public record Provider(
        String id,
        @Nullable String endpoint,
        @Nullable String anthropicEndpoint,
        @DefaultValue("openai-chat") Protocol protocol,
        @DefaultValue("auto") Route route,
        @DefaultValue("") String apiKeyVar,
        @DefaultValue("bearer") Auth auth,
        @Nullable String model,
        @Nullable String opusModel,
        @Nullable String sonnetModel,
        @Nullable String haikuModel,
        @Nullable String subagentModel,
        @Nullable Integer contextTokens,
        @Nullable Integer maxOutputTokens,
        @DefaultValue Map<String, String> env) {

    /** The provider that Claude Code has a login of its own for. */
    public static final String ANTHROPIC = "anthropic";

    public Provider {
        apiKeyVar = apiKeyVar.isEmpty() ? SettingKey.upper(id) + "_API_KEY" : apiKeyVar;
        protocol = endpoint == null ? Protocol.ANTHROPIC : protocol;
        env = Collections.unmodifiableMap(new TreeMap<>(env));
    }

    /** Its Anthropic-format endpoint as configured, if it has one. */
    public Optional<String> messagesEndpoint() {
        return Optional.ofNullable(anthropicEndpoint)
                .or(() -> protocol == Protocol.ANTHROPIC ? Optional.ofNullable(endpoint) : Optional.empty());
    }

    /** The endpoint as the original guide would use it: exactly as configured. */
    public String verbatimEndpoint() {
        return Optional.ofNullable(endpoint)
                .or(() -> Optional.ofNullable(anthropicEndpoint))
                .orElseThrow(() -> new IllegalStateException("a provider without an endpoint: " + id));
    }

    /** Whether a session without a key can use the login of the user's Claude Code. */
    public boolean hasLogin() {
        return id.equals(ANTHROPIC);
    }

    /** The route a session takes: the one asked for, else the entry's own, and what {@code auto} means here. */
    public Route routeFor(@Nullable Route asked) {
        Route wanted = asked == null ? route : asked;
        if (wanted != Route.AUTO) {
            return wanted;
        }
        return messagesEndpoint().isPresent() ? Route.DIRECT : Route.GATEWAY;
    }

    /**
     * The endpoint on a route that {@link #routeFor} gave.
     *
     * @throws Failure INVALID if the provider has none for the direct route, UNAVAILABLE for the gateway
     */
    public String endpointOn(Route taken) {
        if (taken == Route.GATEWAY) {
            throw noGateway();
        }
        return taken == Route.VERBATIM
                ? verbatimEndpoint()
                : messagesEndpoint().map(Endpoints::base).orElseThrow(() -> Failure.invalid(
                                id + " has no Anthropic-format endpoint, so it cannot be reached directly")
                        .hint("set "
                                + SettingKey.of(id, Setting.ANTHROPIC_ENDPOINT).name()
                                + " in providers.conf if it has one"));
    }

    private Failure noGateway() {
        return messagesEndpoint().isPresent()
                ? Failure.unavailable("the gateway is not in this version").hint("use --route direct for " + id)
                : Failure.unavailable(id + " speaks the OpenAI format, and the gateway for OpenAI-format providers is"
                                + " not in this version")
                        .hint("--route verbatim sends Claude Code to the endpoint exactly as configured");
    }
}
