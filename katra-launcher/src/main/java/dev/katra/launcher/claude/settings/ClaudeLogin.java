package dev.katra.launcher.claude.settings;

import dev.katra.launcher.agent.AgentLogin;
import dev.katra.launcher.claude.settings.ClaudeSettings.SettingEntry;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Describes where the client sends requests and how it authenticates there, when Katra leaves that to the person's own
 * settings: for the provider anthropic without a key.
 *
 * @param endpoint the endpoint that the settings name, without any password; null for Anthropic's own
 * @param setBy the key and the file that name the endpoint; null for Anthropic's own
 * @param credentialPlace the place of the credential that the client uses; null if none was found, and then the client asks for a
 *     login
 */
public record ClaudeLogin(
        @Nullable String endpoint,
        @Nullable String setBy,
        @Nullable String credentialPlace) implements AgentLogin {

    private static final Map<String, String> CLOUDS = Map.of(
            "CLAUDE_CODE_USE_BEDROCK", "Amazon Bedrock",
            "CLAUDE_CODE_USE_VERTEX", "Google Vertex AI",
            "CLAUDE_CODE_USE_FOUNDRY", "Microsoft Foundry");

    /** Returns the login that these settings result in. */
    public static ClaudeLogin of(ClaudeSettings settings) {
        String endpoint = null;
        String by = null;
        for (Map.Entry<String, String> cloud : CLOUDS.entrySet()) {
            Optional<SettingEntry> entry = settings.variable(cloud.getKey()).filter(found -> !List.of("", "0", "false")
                    .contains(found.value().asString("")));
            if (entry.isPresent()) {
                endpoint = cloud.getValue();
                by = entry.get().place("env." + cloud.getKey());
            }
        }
        Optional<SettingEntry> url = settings.variable("ANTHROPIC_BASE_URL")
                .filter(entry -> !entry.value().asString("").isBlank());
        if (endpoint == null && url.isPresent()) {
            endpoint = url.get()
                    .value()
                    .asString("")
                    .replaceFirst("//[^/]*@", "//")
                    .replaceFirst("[?#].*$", "");
            by = url.get().place("env.ANTHROPIC_BASE_URL");
        }
        return new ClaudeLogin(endpoint, by, credentialPlace(settings));
    }

    private static @Nullable String credentialPlace(ClaudeSettings settings) {
        for (String name : List.of("ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN")) {
            Optional<SettingEntry> entry = settings.variable(name)
                    .filter(found -> !found.value().asString("").isBlank());
            if (entry.isPresent()) {
                return entry.get().place("env." + name);
            }
        }
        List<SettingEntry> helper = settings.all("apiKeyHelper");
        if (!helper.isEmpty()) {
            return helper.get(0).place("apiKeyHelper");
        }
        boolean loggedIn = Files.isRegularFile(settings.configuration().resolve(".credentials.json"))
                || settings.clientState().path("oauthAccount").isObject();
        boolean console = settings.clientState().path("primaryApiKey").isString();
        return loggedIn ? "your Claude login" : console ? "the key of your Console login" : null;
    }

    @Override
    public boolean leadsElsewhere() {
        return endpoint != null;
    }

    @Override
    public Optional<String> text() {
        return endpoint == null ? Optional.empty() : Optional.of("Claude Code asks " + endpoint + " here, by " + setBy);
    }
}
