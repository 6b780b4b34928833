package dev.katra.launcher.provider;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Prices;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirks;
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
 * @param quirks how the endpoint differs from the plain OpenAI format, as {@link Quirks#parse} reads it
 * @param efforts the reasoning efforts that the model accepts, as {@link Quirks#parse} reads them
 * @param prices what tokens cost, as {@link Prices#parse} reads it
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
        @DefaultValue("") String quirks,
        @DefaultValue("") String efforts,
        @DefaultValue("") String prices,
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

    /** Whether the gateway translates for sessions on a route, rather than passing their requests through. */
    public boolean isTranslatedOn(Route taken) {
        return taken == Route.GATEWAY && messagesEndpoint().isEmpty();
    }

    /** What the endpoint behind a route speaks. */
    public Protocol protocolOn(Route taken) {
        return taken == Route.VERBATIM || isTranslatedOn(taken) ? protocol : Protocol.ANTHROPIC;
    }

    /**
     * The base URL of sessions on a route that {@link #routeFor} gave; {@code katra:} stands for Katra's server.
     *
     * @throws Failure INVALID if the provider cannot be reached on that route
     */
    public String endpointOn(Route taken) {
        String destination = destinationOn(taken);
        return taken == Route.GATEWAY ? Endpoints.onKatra("/gateway/" + id) : destination;
    }

    /**
     * Where the requests of sessions on a route end up: the base URL itself, or the endpoint behind the gateway.
     *
     * @throws Failure INVALID if the provider cannot be reached on that route
     */
    public String destinationOn(Route taken) {
        if (taken == Route.VERBATIM) {
            return verbatimEndpoint();
        }
        if (isTranslatedOn(taken)) {
            return outside(Endpoints.withoutSlash(verbatimEndpoint()));
        }
        String base = messagesEndpoint().map(Endpoints::base).orElseThrow(this::noMessages);
        if (auth == Auth.API_KEY) {
            throw Failure.invalid("Claude Code cannot send the key of " + id + " in the header api-key")
                    .hint("set " + SettingKey.of(id, Setting.AUTH).name() + " to x-api-key or bearer");
        }
        return taken == Route.GATEWAY ? outside(base) : base;
    }

    private String outside(String endpoint) {
        if (Endpoints.isOnKatra(endpoint)) {
            throw Failure.invalid(id + " is served by Katra itself, and has no endpoint behind the gateway")
                    .hint("use --route direct for " + id);
        }
        return endpoint;
    }

    private Failure noMessages() {
        return Failure.invalid(id + " has no Anthropic-format endpoint, so it cannot be reached directly")
                .hint("leave --route out to go through the gateway, or set "
                        + SettingKey.of(id, Setting.ANTHROPIC_ENDPOINT).name() + " in providers.conf if it has one");
    }
}
