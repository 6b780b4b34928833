package dev.katra.launcher.claude.environment;

import static dev.katra.launcher.provider.Catalogs.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Catalogs;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where each route leads and what pays there. */
class RoutesTests {

    private static final SessionIdentity SAM = new SessionIdentity("Sam", "katra-token", "http://127.0.0.1:3141", null);
    private static final Map<String, String> KEYS = Map.of(
            "ANTHROPIC_API_KEY", "key-anthropic",
            "OPENAI_API_KEY", "key-openai",
            "DEEPSEEK_API_KEY", "key-deepseek",
            "OPENROUTER_API_KEY", "key-openrouter",
            "DASHSCOPE_API_KEY", "key-qwen");

    @TempDir
    Path home;

    private ProviderCatalog catalog = Catalogs.shipped(Path.of("target", "no-such-home"));

    @BeforeEach
    void loadCatalog() {
        catalog = Catalogs.shipped(home);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "anthropic, unset, key-anthropic",
                "openai, https://api.openai.com/v1, key-openai",
                "deepseek, https://api.deepseek.com, key-deepseek",
                "openrouter, https://openrouter.ai/api/v1, key-openrouter",
            })
    void verbatimIsTheOriginalGuidesMappingToTheLetter(String provider, String base, String key) {
        Map<String, String> environment = build(provider, Route.VERBATIM, KEYS).asMap();

        assertThat(environment.get("ANTHROPIC_BASE_URL")).isEqualTo(base);
        assertThat(environment).containsEntry("ANTHROPIC_API_KEY", key).doesNotContainKey("ANTHROPIC_AUTH_TOKEN");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "anthropic, DIRECT, unset, key-anthropic, unset",
                "deepseek, GATEWAY, http://127.0.0.1:3141/gateway/deepseek, '', key-deepseek",
                "openrouter, GATEWAY, http://127.0.0.1:3141/gateway/openrouter, '', key-openrouter",
                "qwen, GATEWAY, http://127.0.0.1:3141/gateway/qwen, '', key-qwen",
                "demo, DIRECT, http://127.0.0.1:3141/demo, '', no-key-needed",
                "ollama, GATEWAY, http://127.0.0.1:3141/gateway/ollama, '', ollama",
                "vllm, GATEWAY, http://127.0.0.1:3141/gateway/vllm, '', no-key-needed",
            })
    void autoIsWhatWorks(String provider, Route route, String base, String apiKey, String authToken) {
        SessionEnvironment environment = build(provider, null, KEYS);

        assertThat(environment.route()).isEqualTo(route);
        assertThat(environment.asMap().get("ANTHROPIC_BASE_URL")).isEqualTo(base);
        assertThat(environment.asMap().get("ANTHROPIC_API_KEY")).isEqualTo(apiKey);
        assertThat(environment.asMap().get("ANTHROPIC_AUTH_TOKEN")).isEqualTo(authToken);
        assertThat(environment.asMap()).containsEntry("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1");
    }

    @Test
    void aMissingKeyAndARouteThatIsNoneAreSaidTogether() {
        Failure failure = failureOf(() -> build("openai", Route.DIRECT, Map.of()));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).startsWith("API key not found for openai; besides, openai has no Anthropic-format");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint)
                .contains("export OPENAI_API_KEY=your-key-here")
                .contains("OPENAI_ANTHROPIC_ENDPOINT"));
    }

    @ParameterizedTest
    @CsvSource({
        "openai,, OPENAI_API_KEY",
        "openai, VERBATIM, OPENAI_API_KEY",
        "deepseek, GATEWAY, DEEPSEEK_API_KEY",
        "deepseek,, DEEPSEEK_API_KEY",
        "deepseek, VERBATIM, DEEPSEEK_API_KEY",
        "qwen,, DASHSCOPE_API_KEY",
    })
    void aMissingKeyNamesTheLineToType(String provider, @Nullable Route route, String variable) {
        for (Map<String, String> caller : List.of(Map.<String, String>of(), Map.of(variable, "  "))) {
            Failure failure = failureOf(() -> build(provider, route, caller));

            assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE);
            assertThat(failure.text()).isEqualTo("API key not found for " + provider);
            assertThat(failure.hint()).contains("export " + variable + "=your-key-here");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT", "VERBATIM", "AUTO"})
    void anthropicWithoutAKeyUsesTheUsersLogin(Route route) {
        assertThat(build("anthropic", route, Map.of("ANTHROPIC_AUTH_TOKEN", "stray"))
                        .asMap())
                .doesNotContainKeys(
                        "ANTHROPIC_API_KEY",
                        "ANTHROPIC_AUTH_TOKEN",
                        "ANTHROPIC_BASE_URL",
                        "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST");
    }

    @Test
    void anEndpointOfTheUsersOwnForAnthropicIsUsed() {
        catalog = Catalogs.with(home, "ANTHROPIC_ENDPOINT=https://proxy.example/v1/\n");

        assertThat(build("anthropic", Route.DIRECT, KEYS).asMap())
                .containsEntry("ANTHROPIC_BASE_URL", "https://proxy.example");
        assertThat(build("anthropic", Route.VERBATIM, KEYS).asMap())
                .containsEntry("ANTHROPIC_BASE_URL", "https://proxy.example/v1/");
    }

    @Test
    void directNeedsAnAnthropicEndpoint() {
        Failure failure = failureOf(() -> build("openai", Route.DIRECT, KEYS));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint)
                .contains("through the gateway")
                .contains("set OPENAI_ANTHROPIC_ENDPOINT in providers.conf"));
    }

    @Test
    void theConfiguredRouteHoldsUnlessAnotherIsAskedFor() {
        catalog = Catalogs.with(home, "OPENAI_ROUTE=verbatim\n");

        assertThat(build("openai", null, KEYS).route()).isEqualTo(Route.VERBATIM);
        assertThat(build("openai", Route.GATEWAY, KEYS).route()).isEqualTo(Route.GATEWAY);
    }

    @Test
    void anEndpointOnKatrasServerGetsTheSessionsTokenBesideItsOwnHeaders() {
        assertThat(build("demo", null, KEYS).asMap())
                .containsEntry("ANTHROPIC_CUSTOM_HEADERS", "X-Katra-Session: katra-token");

        catalog = Catalogs.with(home, "DEMO_ENV_ANTHROPIC_CUSTOM_HEADERS='X-Mine: 1'\n");
        assertThat(build("demo", null, KEYS).asMap())
                .containsEntry("ANTHROPIC_CUSTOM_HEADERS", "X-Mine: 1\nX-Katra-Session: katra-token");
        assertThat(build("deepseek", Route.DIRECT, KEYS).asMap()).doesNotContainKey("ANTHROPIC_CUSTOM_HEADERS");
    }

    @Test
    void aKeyThatCannotBeOneIsRefusedAndNotRepeated() {
        Failure failure = failureOf(() -> build("deepseek", null, Map.of("DEEPSEEK_API_KEY", "sk-one\nsk-two")));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).contains("DEEPSEEK_API_KEY").doesNotContain("sk-");
    }

    @Test
    void blanksAroundAKeyAreNotPartOfIt() {
        assertThat(build("deepseek", null, Map.of("DEEPSEEK_API_KEY", " sk-one\r\n"))
                        .asMap())
                .containsEntry("ANTHROPIC_AUTH_TOKEN", "sk-one");
    }

    private SessionEnvironment build(String provider, @Nullable Route route, Map<String, String> caller) {
        return SessionEnvironments.build(catalog, new LaunchTarget(provider, null, route), SAM, caller);
    }
}
