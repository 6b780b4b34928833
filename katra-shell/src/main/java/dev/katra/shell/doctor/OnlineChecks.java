package dev.katra.shell.doctor;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.ProxySelection;
import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.provider.Auth;
import dev.katra.launcher.provider.Endpoints;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderLoader;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Asks the providers whether sessions could reach them. */
@Component
class OnlineChecks {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final Agent agent;
    private final Duration timeout;

    @Autowired
    OnlineChecks(Agent agent) {
        this(agent, DEFAULT_TIMEOUT);
    }

    OnlineChecks(Agent agent, Duration timeout) {
        this.agent = agent;
        this.timeout = timeout;
    }

    /**
     * Returns what the providers answer that have their key, or need none; or only the one that is named.
     *
     * @throws Failure NOT_FOUND for a provider that does not exist
     */
    List<CheckResult> all(Caller caller, @Nullable String named) {
        ProviderCatalog catalog = ProviderLoader.load(caller.home(), caller.environment());
        if (named != null) {
            return List.of(check(catalog.get(named), catalog, caller, true));
        }
        List<Provider> asked = catalog.all().stream()
                .filter(provider -> !servedByKatra(provider)
                        && (!provider.auth().needsKey()
                                || !key(provider, caller).isEmpty()))
                .toList();
        ExecutorService together = Executors.newFixedThreadPool(Math.max(1, asked.size()));
        try {
            List<CompletableFuture<CheckResult>> checks = asked.stream()
                    .map(provider ->
                            CompletableFuture.supplyAsync(() -> check(provider, catalog, caller, false), together))
                    .toList();
            return checks.stream().map(CompletableFuture::join).toList();
        } finally {
            together.shutdownNow();
        }
    }

    private CheckResult check(Provider provider, ProviderCatalog catalog, Caller caller, boolean named) {
        String name = "online " + provider.id();
        String key = key(provider, caller);
        if (servedByKatra(provider)) {
            return CheckResult.passed(name, "served by Katra's own server");
        }
        if (provider.auth().needsKey() && key.isEmpty()) {
            return provider.hasLogin()
                    ? CheckResult.passed(
                            name,
                            "no key is set, and only " + agent.displayName() + " itself can try your "
                                    + agent.shortName() + " login")
                    : CheckResult.failed(
                            name,
                            "API key not found for " + provider.id(),
                            "export " + provider.apiKeyVar() + "=your-key-here");
        }
        try {
            Route route = provider.routeFor(null);
            EndpointProbe.Result result = new EndpointProbe(client(caller), timeout)
                    .probe(provider, route, credentials(provider, key, route));
            return new OnlineFinding(provider, catalog, route, result).check(name, named);
        } catch (Failure e) {
            return CheckResult.failed(name, e.text(), e.hint().orElse(""));
        }
    }

    private static boolean servedByKatra(Provider provider) {
        return Endpoints.isOnKatra(provider.messagesEndpoint().orElseGet(provider::verbatimEndpoint));
    }

    private static String key(Provider provider, Caller caller) {
        return caller.variable(provider.apiKeyVar()).strip();
    }

    /** Returns the header in which sessions, or the gateway for them, show the key on a route. */
    private static Map<String, String> credentials(Provider provider, String key, Route route) {
        String word = provider.env().getOrDefault("ANTHROPIC_AUTH_TOKEN", "");
        Auth auth = route == Route.VERBATIM && provider.auth().needsKey() ? Auth.X_API_KEY : provider.auth();
        return switch (auth) {
            case X_API_KEY -> Map.of("x-api-key", key);
            case API_KEY -> Map.of("api-key", key);
            case BEARER -> Map.of("Authorization", "Bearer " + key);
            case LITERAL -> word.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + word);
            case NONE -> Map.of();
        };
    }

    /** Returns a client that goes by the proxy that sessions of this shell would take. */
    private HttpClient client(Caller caller) {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .proxy(ProxySelection.of(
                        variableInEitherCase(caller, "HTTPS_PROXY"), variableInEitherCase(caller, "NO_PROXY")))
                .build();
    }

    private static String variableInEitherCase(Caller caller, String variable) {
        String upper = caller.variable(variable);
        return upper.isEmpty() ? caller.variable(variable.toLowerCase(Locale.ROOT)) : upper;
    }
}
