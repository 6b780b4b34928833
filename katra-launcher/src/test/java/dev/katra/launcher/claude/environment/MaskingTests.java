package dev.katra.launcher.claude.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.launcher.environment.EnvironmentVariable;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Catalogs;
import dev.katra.launcher.provider.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTests {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "short, ********",
        "sk-0123456789abcde, ********",
        "sk-0123456789abcdefgh, ********efgh",
        "X-Katra-Session: 0123456789abcdefgh, ********",
    })
    void showsAtMostTheEndOfASecret(String value, String shown) {
        EnvironmentVariable variable = new EnvironmentVariable("X", value, Source.katra(), true);

        assertThat(variable.masked()).isEqualTo(shown);
        assertThat(variable.toString()).isEqualTo("X=" + shown + " (katra)");
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB_TOKEN, ghp_value, true",
        "AWS_SECRET_ACCESS_KEY, value, true",
        "DB_PASSWORD, value, true",
        "SSH_KEY, value, true",
        "REGISTRY_AUTH, value, true",
        "session_cookie, value, true",
        "HTTPS_PROXY, http://kim:pass@proxy:3128, true",
        "HTTPS_PROXY, http://proxy:3128, false",
        "PATH, /usr/bin, false",
        "SSH_AUTH_SOCK, /tmp/agent, false",
        "EDITOR, vi, false",
    })
    void recognisesTheCallersOwnSecrets(String name, String value, boolean secret) {
        assertThat(session("deepseek", Map.of(name, value))
                        .find(name)
                        .orElseThrow()
                        .secret())
                .isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek, ANTHROPIC_AUTH_TOKEN, true",
        "deepseek, ANTHROPIC_API_KEY, false",
        "deepseek, KATRA_SESSION_TOKEN, true",
        "deepseek, CLAUDE_CODE_MAX_CONTEXT_TOKENS, false",
        "deepseek, ANTHROPIC_BASE_URL, false",
        "demo, ANTHROPIC_CUSTOM_HEADERS, true",
        "demo, ANTHROPIC_AUTH_TOKEN, false",
        "anthropic, ANTHROPIC_API_KEY, true",
    })
    void knowsWhichOfItsOwnAreSecret(String provider, String name, boolean secret) {
        assertThat(session(provider, Map.of()).find(name).orElseThrow().secret())
                .isEqualTo(secret);
    }

    @Test
    void nothingPrintedHoldsASecret() {
        SessionEnvironment environment = session("deepseek", Map.of("GITHUB_TOKEN", "ghp_value"));

        assertThat(environment.toString()).doesNotContain("key-deepseek", "katra-token", "ghp_value");
        assertThat(new SessionIdentity("Sam", "katra-token", "http://x", null).toString())
                .doesNotContain("katra-token");
        assertThat(new SessionCredential.Key("key-deepseek", "V").toString()).doesNotContain("key-deepseek");
    }

    @Test
    void aKeyInAnotherVariableIsNotHandedOn() {
        String key = "sk-of-another-vendor";
        Map<String, String> caller = Map.of(
                "OPENAI_API_KEY",
                key,
                "OPENAI_SETTINGS",
                "model=x;key=" + key,
                "HANDED_ON",
                key,
                "KATRA_PASS_ENV",
                "HANDED_ON",
                "OLLAMA_API_KEY",
                "ollama",
                "OLLAMA_PLACE",
                "/opt/ollama/bin");

        SessionEnvironment environment = session("deepseek", caller);

        assertThat(environment.find("OPENAI_SETTINGS")).isEmpty();
        assertThat(environment.warnings())
                .contains("OPENAI_SETTINGS is left out: it holds the key in OPENAI_API_KEY;"
                        + " KATRA_PASS_ENV=OPENAI_SETTINGS hands it on");
        assertThat(environment.find("HANDED_ON").orElseThrow().secret()).isTrue();
        assertThat(environment.find("OLLAMA_PLACE").orElseThrow().value()).isEqualTo("/opt/ollama/bin");
    }

    @Test
    void aPlaceholderIdentityIsShownAsSuch() {
        SessionEnvironment environment = SessionEnvironments.build(
                Catalogs.shipped(home),
                LaunchTarget.of("demo"),
                SessionIdentity.placeholder("http://127.0.0.1:3141", null),
                Map.of());

        assertThat(environment.find("KATRA_SESSION_TOKEN").orElseThrow().masked())
                .isEqualTo("<given at the start>");
        assertThat(environment.find("ANTHROPIC_CUSTOM_HEADERS").orElseThrow().masked())
                .isEqualTo("X-Katra-Session: <given at the start>");
    }

    private SessionEnvironment session(String provider, Map<String, String> more) {
        Map<String, String> caller = new HashMap<>(more);
        caller.put("DEEPSEEK_API_KEY", "key-deepseek");
        caller.put("ANTHROPIC_API_KEY", "key-anthropic");
        return SessionEnvironments.build(
                Catalogs.shipped(home),
                LaunchTarget.of(provider),
                new SessionIdentity("Sam", "katra-token", "http://127.0.0.1:3141", null),
                caller);
    }
}
