package dev.katra.launcher.claude.environment;

import static dev.katra.launcher.provider.Catalogs.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Catalogs;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session that passes the gateway is told, and what the gateway is told of it. */
class GatewayRouteTests {

    private static final SessionIdentity SAM = new SessionIdentity("Sam", "katra-token", "http://127.0.0.1:3141", null);
    private static final Map<String, String> KEYS = Map.of(
            "ANTHROPIC_API_KEY", "key-anthropic",
            "OPENAI_API_KEY", "key-openai",
            "DEEPSEEK_API_KEY", "key-deepseek",
            "GROQ_API_KEY", "key-groq",
            "GEMINI_API_KEY", "key-gemini",
            "ZAI_API_KEY", "key-zai",
            "MOONSHOT_API_KEY", "key-moonshot",
            "OPENROUTER_API_KEY", "key-openrouter",
            "MINE_API_KEY", "key-mine");

    @TempDir
    Path home;

    @Test
    void isExactlyThisForATranslatedProvider() {
        Map<String, String> caller = new HashMap<>(KEYS);
        caller.put("ENABLE_TOOL_SEARCH", "true");
        caller.put("HTTPS_PROXY", "http://proxy.example:8080");

        assertThat(build("", "openai", null, null, caller).asMap())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1"),
                        Map.entry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/openai"),
                        Map.entry("ANTHROPIC_AUTH_TOKEN", "key-openai"),
                        Map.entry("ANTHROPIC_API_KEY", ""),
                        Map.entry("ANTHROPIC_CUSTOM_HEADERS", "X-Katra-Session: katra-token"),
                        Map.entry("ANTHROPIC_MODEL", "gpt-6.1-sol"),
                        Map.entry("ANTHROPIC_DEFAULT_OPUS_MODEL", "gpt-6.1-sol"),
                        Map.entry("ANTHROPIC_DEFAULT_FABLE_MODEL", "gpt-6.1-sol"),
                        Map.entry("ANTHROPIC_DEFAULT_SONNET_MODEL", "gpt-6.1-sol"),
                        Map.entry("ANTHROPIC_DEFAULT_HAIKU_MODEL", "gpt-6-luna"),
                        Map.entry("ANTHROPIC_SMALL_FAST_MODEL", "gpt-6-luna"),
                        Map.entry("CLAUDE_CODE_SUBAGENT_MODEL", "gpt-6.1-sol"),
                        Map.entry("CLAUDE_CODE_MAX_CONTEXT_TOKENS", "922000"),
                        Map.entry("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "128000"),
                        Map.entry("CLAUDE_CODE_ATTRIBUTION_HEADER", "0"),
                        Map.entry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
                        Map.entry("CLAUDE_CODE_AUTO_MODE_MODEL", "gpt-6-luna"),
                        Map.entry("CLAUDE_CODE_MAX_RETRIES", "4"),
                        Map.entry("ENABLE_TOOL_SEARCH", "false"),
                        Map.entry("API_TIMEOUT_MS", "3000000"),
                        Map.entry("KATRA_PERSONA", "Sam"),
                        Map.entry("KATRA_PROVIDER", "openai"),
                        Map.entry("KATRA_SESSION_TOKEN", "katra-token"),
                        Map.entry("KATRA_SERVER", "http://127.0.0.1:3141"),
                        Map.entry("NO_PROXY", "127.0.0.1,localhost"),
                        Map.entry("no_proxy", "127.0.0.1,localhost"),
                        Map.entry("HTTPS_PROXY", "http://proxy.example:8080")));
    }

    @ParameterizedTest
    @CsvSource({"openai,, key-openai", "openai, GATEWAY, key-openai", "groq,, key-groq", "gemini, AUTO, key-gemini"})
    void anOpenAiFormatProviderGoesThroughTheGateway(String provider, @Nullable Route route, String key) {
        SessionEnvironment environment = build("", provider, null, route, KEYS);

        assertThat(environment.route()).isEqualTo(Route.GATEWAY);
        assertThat(environment.asMap())
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/" + provider)
                .containsEntry("ANTHROPIC_AUTH_TOKEN", key)
                .containsEntry("ANTHROPIC_API_KEY", "");
    }

    @Test
    void theGatewayIsToldOfTheEndpointBehindIt() {
        String file = """
                OPENAI_QUIRKS=no-images
                OPENAI_EFFORTS=low,high
                OPENAI_PRICES=1/2
                OPENAI_OPUS_MODEL=big[1m]
                """;

        assertThat(SessionEnvironments.upstream(build(file, "openai", null, null, KEYS), true))
                .contains(new Upstream(
                        0,
                        "https://api.openai.com/v1",
                        Protocol.OPENAI_RESPONSES,
                        new KeySource(KeyHeader.BEARER, "OPENAI_API_KEY"),
                        new EndpointModels("gpt-6.1-sol", "big", "gpt-6.1-sol", "gpt-6-luna"),
                        new TokenLimits(922_000, 128_000),
                        new EndpointSettings("no-images", "low,high", "1/2", "model gpt-6-luna"),
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "openai, '', model gpt-6-luna",
        "zai, '', model glm-5.3-flash",
        "moonshot, '', model kimi-k3",
        "zai, model, model glm-5.3-flash",
        "zai, model other, model other",
        "zai, rules, rules",
        "zai, ask, ask",
        "zai, endpoint, endpoint",
        "openrouter, '', model",
        "anthropic, '', endpoint",
        "anthropic, rules, rules",
    })
    void theGatewayIsToldWhoJudges(String provider, String setting, String judge) {
        String file = setting.isEmpty() ? "" : provider.toUpperCase(Locale.ROOT) + "_JUDGE=" + setting + "\n";

        assertThat(upstream(file, provider, null, Route.GATEWAY).settings().judge())
                .isEqualTo(judge);
    }

    @ParameterizedTest
    @CsvSource({"deepseek, DIRECT, deepseek-flash", "zai, DIRECT, glm-5.3-flash", "zai, VERBATIM, glm-5.3-flash"})
    void besideTheGatewayTheClientChecksByItself(String provider, Route route, String small) {
        SessionEnvironment environment = build("", provider, null, route, KEYS);

        assertThat(environment.asMap())
                .containsEntry("CLAUDE_CODE_AUTO_MODE_SERVER", "0")
                .containsEntry("CLAUDE_CODE_AUTO_MODE_MODEL", small);
        assertThat(environment.warnings())
                .filteredOn(warning -> warning.contains("145 kB"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"deepseek, GATEWAY", "anthropic, DIRECT", "demo, DIRECT"})
    void whereTheCheckIsAnsweredTheClientAsks(String provider, Route route) {
        SessionEnvironment environment = build("", provider, null, route, KEYS);

        assertThat(environment.asMap()).doesNotContainKey("CLAUDE_CODE_AUTO_MODE_SERVER");
        assertThat(environment.warnings()).noneMatch(warning -> warning.contains("145 kB"));
    }

    @Test
    void theAskedModelIsTheOneBehindTheGateway() {
        Upstream named = upstream("", "openai", "gpt-x", null);
        Upstream alias = upstream("", "openai", "opus", null);

        assertThat(named.models().main()).isEqualTo("gpt-x");
        assertThat(named.models().opus()).isEqualTo("gpt-x");
        assertThat(named.models().haiku()).isEqualTo("gpt-6-luna");
        assertThat(alias.models().main()).isEqualTo("gpt-6.1-sol");
        assertThat(named.trace()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "bearer, BEARER",
        "api-key, API_KEY",
        "x-api-key, X_API_KEY",
        "none, NONE",
        "literal, BEARER",
    })
    void theKeyTravelsInTheHeaderThatTheEntryNames(String auth, KeyHeader header) {
        String file = "MINE_ENDPOINT=http://10.0.0.7/v1/\nMINE_MODEL=m\nMINE_AUTH=" + auth + "\n";
        String word = auth.equals("literal") ? "MINE_ENV_ANTHROPIC_AUTH_TOKEN=word\n" : "";

        SessionEnvironment environment = build(file + word, "mine", null, null, KEYS);

        Upstream upstream = SessionEnvironments.upstream(environment, false).orElseThrow();
        assertThat(upstream.key().header()).isEqualTo(header);
        assertThat(upstream.endpoint()).isEqualTo("http://10.0.0.7/v1");
        assertThat(environment.asMap().get("ANTHROPIC_API_KEY")).isEmpty();
        assertThat(environment.asMap().get("ANTHROPIC_AUTH_TOKEN"))
                .isEqualTo(
                        switch (auth) {
                            case "none" -> "no-key-needed";
                            case "literal" -> "word";
                            default -> "key-mine";
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"anthropic", "deepseek", "ollama", "moonshot"})
    void passingThroughChangesNothingButBaseAndHeader(String provider) {
        Map<String, String> keys = new HashMap<>(KEYS);
        keys.put("MOONSHOT_API_KEY", "key-moonshot");
        Map<String, String> direct =
                new HashMap<>(build("", provider, null, Route.DIRECT, keys).asMap());
        Map<String, String> through =
                new HashMap<>(build("", provider, null, Route.GATEWAY, keys).asMap());

        assertThat(through)
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/" + provider)
                .containsEntry("ANTHROPIC_CUSTOM_HEADERS", "X-Katra-Session: katra-token");
        assertThat(through.remove("_CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL"))
                .isEqualTo(provider.equals("anthropic") ? "1" : null);
        through.remove("ANTHROPIC_CUSTOM_HEADERS");
        through.remove("ANTHROPIC_BASE_URL");
        direct.remove("ANTHROPIC_BASE_URL");
        direct.remove("CLAUDE_CODE_AUTO_MODE_SERVER");
        assertThat(through).isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic, https://api.anthropic.com, X_API_KEY",
        "deepseek, https://api.deepseek.com/anthropic, BEARER",
        "ollama, http://localhost:11434, BEARER",
        "vllm, http://localhost:8000, NONE",
    })
    void passingThroughLeadsToTheAnthropicEndpointAndRenamesNoModel(
            String provider, String endpoint, KeyHeader header) {
        Upstream upstream = upstream("DEEPSEEK_OPUS_MODEL=big\n", provider, null, Route.GATEWAY);

        assertThat(upstream.endpoint()).isEqualTo(endpoint);
        assertThat(upstream.protocol()).isEqualTo(Protocol.ANTHROPIC);
        assertThat(upstream.key().header()).isEqualTo(header);
        assertThat(upstream.models().main()).isNull();
        assertThat(upstream.models().opus()).isNull();
    }

    @Test
    void anthropicOnTheUsersLoginPassesThroughToo() {
        assertThat(build("", "anthropic", null, Route.GATEWAY, Map.of()).asMap())
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/anthropic")
                .containsEntry("ANTHROPIC_CUSTOM_HEADERS", "X-Katra-Session: katra-token")
                .doesNotContainKeys(
                        "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST");
    }

    @Test
    void whatKatraServesItselfHasNoGateway() {
        Failure failure = failureOf(() -> build("", "demo", null, Route.GATEWAY, KEYS));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.text()).startsWith("demo is served by Katra itself");
        assertThat(failure.hint()).contains("use --route direct for demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIRECT", "GATEWAY"})
    void azuresHeaderNeedsATranslation(Route route) {
        String file = "MINE_ANTHROPIC_ENDPOINT=http://10.0.0.7\nMINE_AUTH=api-key\n";

        Failure failure = failureOf(() -> build(file, "mine", null, route, KEYS));

        assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
        assertThat(failure.hint()).contains("set MINE_AUTH to x-api-key or bearer");
    }

    @Test
    void onlyTheGatewayHasAnEndpointBehindIt() {
        assertThat(SessionEnvironments.upstream(build("", "deepseek", null, Route.DIRECT, KEYS), true))
                .isEmpty();
        assertThat(SessionEnvironments.upstream(build("", "openai", null, Route.VERBATIM, KEYS), true))
                .isEmpty();
    }

    @Test
    void theEntrysFurtherVariablesHaveTheLastWord() {
        String file = "OPENAI_ENV_ENABLE_TOOL_SEARCH=true\nOPENAI_ENV_API_TIMEOUT_MS=1\n";

        assertThat(build(file, "openai", null, null, KEYS).asMap())
                .containsEntry("ENABLE_TOOL_SEARCH", "true")
                .containsEntry("API_TIMEOUT_MS", "1");
    }

    @Test
    void aToolThatTheProviderCannotServeIsNamed() {
        String searches = "GROQ_QUIRKS=web-search\n";

        assertThat(SessionEnvironments.unsupportedTools(build("GROQ_QUIRKS=\n", "groq", null, null, KEYS)))
                .containsExactly("WebSearch");
        assertThat(SessionEnvironments.unsupportedTools(build(searches, "groq", null, null, KEYS)))
                .isEmpty();
        assertThat(SessionEnvironments.unsupportedTools(build("", "deepseek", null, Route.GATEWAY, KEYS)))
                .isEmpty();
        assertThat(SessionEnvironments.unsupportedTools(build("", "deepseek", null, null, KEYS)))
                .isEmpty();
    }

    @Test
    void warnsOfATranslatedProviderWithoutAModel() {
        assertThat(build("MINE_ENDPOINT=http://10.0.0.7/v1\n", "mine", null, null, KEYS)
                        .warnings())
                .singleElement()
                .asString()
                .contains("--model");
    }

    @ParameterizedTest
    @MethodSource("dev.katra.launcher.claude.environment.SessionEnvironmentsTests#providerIds")
    void a33_theClientNeverHasToAskForALogin(String provider) {
        Map<String, String> caller = new HashMap<>();
        Catalogs.shipped(home).all().forEach(each -> caller.put(each.apiKeyVar(), "key-of-" + each.id()));

        Map<String, String> variables = build("", provider, null, null, caller).asMap();

        assertThat(variables.getOrDefault("ANTHROPIC_AUTH_TOKEN", "") + variables.getOrDefault("ANTHROPIC_API_KEY", ""))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NO_PROXY, HTTPS_PROXY", "no_proxy, https_proxy"})
    void a34_theGatewayIsNotSoughtBehindAProxy(String exceptions, String proxy) {
        Map<String, String> caller = new HashMap<>(KEYS);
        caller.put(proxy, "http://proxy.example:8080");
        caller.put(exceptions, "intern.example");

        Map<String, String> variables = build("", "openai", null, null, caller).asMap();

        assertThat(variables)
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/openai")
                .containsEntry(exceptions, "intern.example,127.0.0.1,localhost")
                .containsEntry(proxy, "http://proxy.example:8080");
    }

    private Upstream upstream(String userFile, String provider, @Nullable String model, @Nullable Route route) {
        return SessionEnvironments.upstream(build(userFile, provider, model, route, KEYS), false)
                .orElseThrow();
    }

    private SessionEnvironment build(
            String userFile,
            String provider,
            @Nullable String model,
            @Nullable Route route,
            Map<String, String> caller) {
        return SessionEnvironments.build(
                Catalogs.with(home, userFile), new LaunchTarget(provider, model, route), SAM, caller);
    }
}
