package dev.katra.launcher.claude.environment;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.environment.CallerEnvironment;
import dev.katra.launcher.environment.EnvironmentBuilder;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.NoProxy;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.launcher.provider.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the environment of a session of Claude Code. */
public final class SessionEnvironments {

    /** The variable that, set to 1, has Claude Code take the credential and the address from its environment alone. */
    public static final String MANAGED_BY_HOST = "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST";

    /** The names of the variables that steer Claude Code to a provider. */
    private static final Pattern STEERING = Pattern.compile("ANTHROPIC_.*|_?CLAUDE_CODE_.*|CLAUDECODE");

    private SessionEnvironments() {}

    /**
     * Returns the exact environment of a session. Nothing is started and nothing is written.
     *
     * @throws Failure NOT_FOUND for an unknown provider, UNAVAILABLE for a missing key, INVALID for a route the
     *     provider does not have, or for fallbacks that the session cannot have
     */
    public static SessionEnvironment build(
            ProviderCatalog catalog, LaunchTarget target, SessionIdentity identity, Map<String, String> callerEnv) {
        Provider provider = catalog.get(target.providerId());
        CallerEnvironment caller = new CallerEnvironment(callerEnv, catalog, STEERING);
        SessionCredential credential = SessionCredential.of(provider, caller);
        SessionFallbacks fallbacks = SessionFallbacks.of(catalog, provider, target);
        Route route = fallbacks.route(target.route(), credential);
        String endpoint = endpoint(provider, route, credential);
        EnvironmentBuilder variables = new EnvironmentBuilder();
        if (credential != null) {
            credential.addTo(variables, provider, route);
        }
        ProviderVariables ofProvider = new ProviderVariables(catalog, provider, route, target.model());
        ofProvider.addTo(
                variables, Endpoints.resolve(endpoint, identity.server()), endpointSource(catalog, provider, route));
        addIdentity(variables, provider, identity, Endpoints.isOnKatra(endpoint), fallbacks.headers(caller));
        addNoProxy(variables, caller);
        List<String> warnings = new ArrayList<>(ModelNames.warnings(provider, route, ofProvider.model()));
        warnings.addAll(caller.addTo(variables));
        boolean userLogin = !variables.has(MANAGED_BY_HOST);
        return new SessionEnvironment(
                provider, ofProvider.model(), route, fallbacks.providers(), variables.list(), userLogin, warnings);
    }

    /**
     * Returns the endpoint behind the gateway that serves a session with this environment; empty on the other routes.
     *
     * @param trace whether the gateway writes a trace of what passes
     */
    public static Optional<Upstream> upstream(SessionEnvironment environment, boolean trace) {
        return environment.route() == Route.GATEWAY
                ? Optional.of(new UpstreamBuilder(environment).build(trace))
                : Optional.empty();
    }

    /** Returns the tools of Claude Code that the provider of a session with this environment cannot serve. */
    public static List<String> unsupportedTools(SessionEnvironment environment) {
        Provider provider = environment.provider();
        boolean search = !provider.isTranslatedOn(environment.route())
                || Quirks.parse(provider.quirks(), "").has(Quirk.WEB_SEARCH);
        return search ? List.of() : List.of("WebSearch");
    }

    private static String endpoint(Provider provider, Route route, @Nullable SessionCredential credential) {
        String noKey = "API key not found for " + provider.id();
        String export = "export " + provider.apiKeyVar() + "=your-key-here";
        String endpoint;
        try {
            endpoint = provider.endpointOn(route);
        } catch (Failure noRoute) {
            throw credential != null
                    ? noRoute
                    : Failure.of(noRoute.code(), noKey + "; besides, " + noRoute.text())
                            .hint(export + "\n" + noRoute.hint().orElse(""));
        }
        if (credential == null) {
            throw Failure.unavailable(noKey).hint(export);
        }
        return endpoint;
    }

    private static Source endpointSource(ProviderCatalog catalog, Provider provider, Route route) {
        return catalog.source(provider.id(), Setting.ANTHROPIC_ENDPOINT)
                .filter(source -> provider.anthropicEndpoint() != null
                        && (route != Route.VERBATIM || provider.endpoint() == null))
                .or(() -> catalog.source(provider.id(), Setting.ENDPOINT))
                .orElse(Source.katra());
    }

    private static void addIdentity(
            EnvironmentBuilder variables,
            Provider provider,
            SessionIdentity identity,
            boolean servedByKatra,
            List<String> fallbackKeys) {
        Source katra = Source.katra();
        variables.setPublic("KATRA_PERSONA", identity.persona(), katra);
        variables.setPublic("KATRA_PROVIDER", provider.id(), katra);
        variables.put(SessionContract.TOKEN_VARIABLE, identity.token(), katra, identity.hasRealToken());
        variables.setPublic("KATRA_SERVER", identity.server(), katra);
        String home = identity.home();
        if (home != null) {
            variables.setPublic("KATRA_HOME", home, katra);
        }
        if (servedByKatra) {
            String own = variables.value("ANTHROPIC_CUSTOM_HEADERS");
            String header = String.join(
                    "\n",
                    Stream.concat(
                                    Stream.of(SessionContract.TOKEN_HEADER + ": " + identity.token()),
                                    fallbackKeys.stream())
                            .toList());
            boolean alone = own == null || own.isEmpty();
            variables.put(
                    "ANTHROPIC_CUSTOM_HEADERS",
                    alone ? header : own + "\n" + header,
                    katra,
                    identity.hasRealToken() || !alone || !fallbackKeys.isEmpty());
        }
    }

    private static void addNoProxy(EnvironmentBuilder variables, CallerEnvironment caller) {
        String upper = caller.value("NO_PROXY");
        String lower = caller.value("no_proxy");
        variables.setPublic("NO_PROXY", NoProxy.withLoopback(upper.isEmpty() ? lower : upper), Source.katra());
        variables.setPublic("no_proxy", NoProxy.withLoopback(lower.isEmpty() ? upper : lower), Source.katra());
    }
}
