package dev.katra.shell.doctor;

import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Setting;
import dev.katra.launcher.provider.Source;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Says what came of asking a provider, and what to do about it. */
record OnlineFinding(Provider provider, ProviderCatalog catalog, Route route, Probe.Result result) {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The check; a server of this machine that does not run is no fault unless it was asked for by name. */
    Check check(String name, boolean named) {
        String url = result.url().replaceFirst("\\?.*", "");
        return switch (result.finding()) {
            case REACHABLE -> Check.well(name, url + " answers" + withKey() + withoutModel());
            case KEY_REFUSED ->
                Check.wrong(name, url + " refuses " + credential() + " (" + result.status() + ")", correctKey());
            case NO_CREDIT ->
                Check.wrong(name, url + " answers that the account has no credit (402)", "look at the account there");
            case NO_SUCH_API ->
                Check.wrong(name, url + " is not " + api() + " (" + result.status() + ")", correctEndpoint());
            case FAILING -> Check.wrong(name, url + " answers " + result.status(), "try again later");
            case NO_TRUST ->
                Check.wrong(
                        name,
                        "no trusted TLS connection to " + host(),
                        correctEndpoint() + "; a certificate of your own belongs into the trust store of the JDK");
            case NOT_LISTENING -> notListening(name, named);
            case NO_SUCH_HOST -> Check.wrong(name, "there is no host " + host(), correctEndpoint());
            case SILENT ->
                Check.wrong(
                        name, url + " does not answer in time", "check the network, and HTTPS_PROXY if you need one");
            case UNREACHABLE ->
                Check.wrong(name, url + " cannot be reached", "check the network, and HTTPS_PROXY if you need one");
        };
    }

    private Check notListening(String name, boolean named) {
        if (!HERE.contains(host())) {
            return Check.wrong(name, host() + " takes no connection", correctEndpoint());
        }
        String found = "not running: nothing listens at " + provider.destinationOn(route);
        return named ? Check.wrong(name, found, "start it, or " + correctEndpoint()) : Check.well(name, found);
    }

    private String withKey() {
        return provider.auth().needsKey() ? " and takes the key in " + provider.apiKeyVar() : "";
    }

    /** Names are as providers write them; some put {@code models/} before their own. */
    private String withoutModel() {
        String model = provider.model();
        if (model == null || result.models().isEmpty()) {
            return "";
        }
        String plain = model.replaceFirst("\\[1m]$", "");
        boolean listed = result.models().stream().anyMatch(id -> id.equals(plain) || id.endsWith("/" + plain));
        return listed ? "" : "; its list of models does not name " + plain;
    }

    private String credential() {
        return provider.auth().needsKey() ? "the key in " + provider.apiKeyVar() : "a session without a key";
    }

    private String correctKey() {
        return provider.auth().needsKey()
                ? "check the key and its rights, and type: export " + provider.apiKeyVar() + "=your-key-here"
                : "set " + key(Setting.AUTH) + " to the way its key travels, and " + key(Setting.API_KEY_VAR);
    }

    private String api() {
        return provider.isTranslatedOn(route) ? "an API of the OpenAI format" : "an Anthropic Messages API";
    }

    private String correctEndpoint() {
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
