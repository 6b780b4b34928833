package dev.katra.launcher.provider;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Judge;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.usage.Prices;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Holds one provider's entry: where it is, what it speaks, how sessions authenticate, and its models. Adding a provider
 * is adding data.
 *
 * @param id the provider's name in lower case
 * @param endpoint the API root as the vendor's documentation writes it
 * @param anthropicEndpoint the endpoint of the vendor's Anthropic Messages API, if it is another one
 * @param protocol the protocol of the endpoint
 * @param route the route of sessions that ask for none
 * @param apiKeyVar the environment variable that holds the key
 * @param auth the way in which the key is sent
 * @param quirks the differences from the plain OpenAI format, as {@link Quirks#parse} reads them
 * @param efforts the reasoning efforts that the model accepts, as {@link Quirks#parse} reads them
 * @param judge the judge of tool calls in auto mode, as {@link Judge#parse} reads it
 * @param prices the prices of tokens, as {@link Prices#parse} reads them
 * @param pricesDate the day on which the prices were read, as year-month-day; null if it is not said
 * @param pricesSource the page on which the prices stand; null if it is not said
 * @param fallback the ids of the providers that answer when this one does not, as {@link #fallbackIds} reads them
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
        @DefaultValue("") String judge,
        @DefaultValue("") String prices,
        @Nullable String pricesDate,
        @Nullable String pricesSource,
        @DefaultValue("") String fallback,
        @DefaultValue Map<String, String> env) {

    /** The word that stands for no fallback. */
    public static final String NO_FALLBACK = "none";

    /** The provider for which Claude Code has a login of its own. */
    public static final String ANTHROPIC = "anthropic";

    private static final String WINDOW = "[1m]";

    public Provider {
        apiKeyVar = apiKeyVar.isEmpty() ? SettingKey.keyPrefix(id) + "_API_KEY" : apiKeyVar;
        protocol = endpoint == null ? Protocol.ANTHROPIC : protocol;
        env = Collections.unmodifiableMap(new TreeMap<>(env));
    }

    /** Returns the ids in a list that is separated by commas, in their order; none for the word {@code none}. */
    public static List<String> fallbackIds(String list) {
        return Stream.of(list.split(",", -1))
                .map(id -> ProviderCatalog.normalizedId(id.strip()))
                .filter(id -> !id.isEmpty() && !id.equals(NO_FALLBACK))
                .toList();
    }

    /** Returns a model's name as requests have it: {@code [1m]} asks for a context window and is not part of it. */
    public static String withoutWindow(String model) {
        return model.endsWith(WINDOW) ? model.substring(0, model.length() - WINDOW.length()) : model;
    }

    /** Returns the models that the entry names for any purpose, as requests have them, each once. */
    public List<String> models() {
        return Stream.of(
                        model,
                        opusModel,
                        sonnetModel,
                        haikuModel,
                        subagentModel,
                        Judge.parse(judge).model())
                .filter(Objects::nonNull)
                .map(Provider::withoutWindow)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** Returns the day on which the prices were read, empty if it is not said. */
    public Optional<LocalDate> pricesDay() {
        return Optional.ofNullable(pricesDate).map(LocalDate::parse);
    }

    /** Returns the beginning of the keys of its entry, such as {@code MY_LAB} for {@code my-lab}. */
    public String settingPrefix() {
        return SettingKey.keyPrefix(id);
    }

    /** Returns the Anthropic-format endpoint as configured, if the provider has one. */
    public Optional<String> messagesEndpoint() {
        return Optional.ofNullable(anthropicEndpoint)
                .or(() -> protocol == Protocol.ANTHROPIC ? Optional.ofNullable(endpoint) : Optional.empty());
    }

    /** Returns the endpoint exactly as configured, as the original guide would use it. */
    public String verbatimEndpoint() {
        return Optional.ofNullable(endpoint)
                .or(() -> Optional.ofNullable(anthropicEndpoint))
                .orElseThrow(() -> new IllegalStateException("a provider without an endpoint: " + id));
    }

    /** Returns whether a session without a key can use the login of the user's Claude Code. */
    public boolean hasLogin() {
        return id.equals(ANTHROPIC);
    }

    /**
     * Returns the route that a session takes: the one asked for, otherwise the entry's own, with {@code auto} resolved.
     */
    public Route routeFor(@Nullable Route asked) {
        Route wanted = asked == null ? route : asked;
        if (wanted != Route.AUTO) {
            return wanted;
        }
        return messagesEndpoint()
                        .filter(messages -> judgesItself(messages) || Endpoints.isOnKatra(messages))
                        .isPresent()
                ? Route.DIRECT
                : Route.GATEWAY;
    }

    /**
     * Returns whether the endpoint behind a route answers auto mode's check by itself, as Anthropic's and Katra's own
     * do.
     */
    public boolean judgesItselfOn(Route taken) {
        return protocolOn(taken) == Protocol.ANTHROPIC
                && (judgesItself(destinationOn(taken)) || Endpoints.isOnKatra(destinationOn(taken)));
    }

    private static boolean judgesItself(String endpoint) {
        return Endpoints.isSame(Endpoints.baseUrl(endpoint), Endpoints.ANTHROPIC);
    }

    /** Returns whether the gateway translates for sessions on a route, rather than passing their requests through. */
    public boolean isTranslatedOn(Route taken) {
        return taken == Route.GATEWAY && messagesEndpoint().isEmpty();
    }

    /** Returns the protocol of the endpoint behind a route. */
    public Protocol protocolOn(Route taken) {
        return taken == Route.VERBATIM || isTranslatedOn(taken) ? protocol : Protocol.ANTHROPIC;
    }

    /**
     * Returns the base URL of sessions on a route that {@link #routeFor} gave; {@code katra:} stands for Katra's
     * server.
     *
     * @throws Failure INVALID if the provider cannot be reached on that route
     */
    public String endpointOn(Route taken) {
        String destination = destinationOn(taken);
        return taken == Route.GATEWAY ? Endpoints.onKatra(SessionContract.GATEWAY_PATH + id) : destination;
    }

    /**
     * Returns the endpoint that receives the requests of sessions on a route: the base URL itself, or the endpoint
     * behind the gateway.
     *
     * @throws Failure INVALID if the provider cannot be reached on that route
     */
    public String destinationOn(Route taken) {
        if (taken == Route.VERBATIM) {
            return verbatimEndpoint();
        }
        if (isTranslatedOn(taken)) {
            return requireOutside(Endpoints.withoutSlash(verbatimEndpoint()));
        }
        String base = messagesEndpoint().map(Endpoints::baseUrl).orElseThrow(this::noMessages);
        if (auth == Auth.API_KEY) {
            throw Failure.invalid(InstalledClient.get().displayName() + " cannot send the key of " + id
                            + " in the header api-key")
                    .hint("set " + SettingKey.of(id, Setting.AUTH).name() + " to x-api-key or bearer");
        }
        return taken == Route.GATEWAY ? requireOutside(base) : base;
    }

    private String requireOutside(String endpoint) {
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
