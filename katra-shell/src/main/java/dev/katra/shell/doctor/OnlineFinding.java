package dev.katra.shell.doctor;

import dev.katra.core.text.VisibleText;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.launcher.provider.Source;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** An OnlineFinding says what came of asking a provider, and what to do about it. */
record OnlineFinding(Provider provider, ProviderCatalog catalog, Route route, EndpointProbe.Result result) {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Returns the check. A server of this machine that does not run is not a fault unless it was asked for by name. */
    CheckResult check(String name, boolean named) {
        String url = result.url().replaceFirst("\\?.*", "");
        return switch (result.finding()) {
            case REACHABLE -> CheckResult.passed(name, url + " answers" + keyRemark() + modelRemark());
            case KEY_REFUSED ->
                CheckResult.failed(name, url + " refuses " + credential() + " (" + result.status() + ")", keyHint());
            case NO_CREDIT ->
                CheckResult.failed(
                        name, url + " answers that the account has no credit (402)", "look at the account there");
            case NO_SUCH_API ->
                CheckResult.failed(name, url + " is not " + api() + " (" + result.status() + ")", endpointHint());
            case FAILING -> CheckResult.failed(name, url + " answers " + result.status(), "try again later");
            case NO_TRUST ->
                CheckResult.failed(
                        name,
                        "no trusted TLS connection to " + host(),
                        endpointHint() + "; a certificate of your own belongs into the trust store of the JDK");
            case NOT_LISTENING -> notListening(name, named);
            case NO_SUCH_HOST -> CheckResult.failed(name, "there is no host " + host(), endpointHint());
            case TIMED_OUT ->
                CheckResult.failed(
                        name, url + " does not answer in time", "check the network, and HTTPS_PROXY if you need one");
            case UNREACHABLE ->
                CheckResult.failed(
                        name, url + " cannot be reached", "check the network, and HTTPS_PROXY if you need one");
        };
    }

    private CheckResult notListening(String name, boolean named) {
        if (!LOCAL_HOSTS.contains(host())) {
            return CheckResult.failed(name, host() + " takes no connection", endpointHint());
        }
        String found = "not running: nothing listens at " + provider.destinationOn(route);
        return named
                ? CheckResult.failed(name, found, "start it, or " + endpointHint())
                : CheckResult.passed(name, found);
    }

    private String keyRemark() {
        return provider.auth().needsKey() ? " and takes the key in " + provider.apiKeyVar() : "";
    }

    /**
     * Returns a remark if the endpoint lists models without the provider's one. Names are as providers write them; some
     * put {@code models/} before their own.
     */
    private String modelRemark() {
        String model = provider.model();
        if (model == null || result.models().isEmpty()) {
            return "";
        }
        String plain = Provider.withoutWindow(model);
        boolean listed = result.models().stream().anyMatch(id -> id.equals(plain) || id.endsWith("/" + plain));
        return listed ? "" : "; its list of models does not name " + VisibleText.name(plain);
    }

    private String credential() {
        return provider.auth().needsKey() ? "the key in " + provider.apiKeyVar() : "a session without a key";
    }

    private String keyHint() {
        return provider.auth().needsKey()
                ? "check the key and its rights, and type: export " + provider.apiKeyVar() + "=your-key-here"
                : "set " + key(Setting.AUTH) + " to the way its key travels, and " + key(Setting.API_KEY_VAR);
    }

    private String api() {
        return provider.isTranslatedOn(route) ? "an API of the OpenAI format" : "an Anthropic Messages API";
    }

    private String endpointHint() {
        Setting setting = route == Route.VERBATIM || provider.anthropicEndpoint() == null
                ? Setting.ENDPOINT
                : Setting.ANTHROPIC_ENDPOINT;
        return "check " + key(setting)
                + catalog.source(provider.id(), setting)
                        .map(Source::text)
                        .map(text -> " (" + text + ")")
                        .orElse("");
    }

    private String key(Setting setting) {
        return provider.id().toUpperCase(Locale.ROOT).replace('-', '_') + setting.suffix();
    }

    private String host() {
        return String.valueOf(URI.create(result.url()).getHost());
    }
}
