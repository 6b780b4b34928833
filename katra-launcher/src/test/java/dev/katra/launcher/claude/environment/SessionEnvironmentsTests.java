package dev.katra.launcher.claude.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.launcher.environment.EnvironmentVariable;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Catalogs;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.Route;
import dev.katra.launcher.provider.Source;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionEnvironmentsTests {

    private static final SessionIdentity SAM =
            new SessionIdentity("Sam", "katra-token-0123456789", "http://127.0.0.1:3141", null);

    @TempDir
    Path home;

    @Test
    void isExactlyThisForAProviderThatIsPassedThrough() {
        Map<String, String> caller = Map.of(
                "PATH", "/usr/bin",
                "HOME", "/home/kim",
                "DEEPSEEK_API_KEY", "key-deepseek",
                "OPENAI_API_KEY", "key-openai");

        assertThat(build("", "deepseek", null, caller).asMap())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1"),
                        Map.entry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/deepseek"),
                        Map.entry("ANTHROPIC_CUSTOM_HEADERS", "X-Katra-Session: katra-token-0123456789"),
                        Map.entry("CLAUDE_CODE_AUTO_MODE_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_AUTH_TOKEN", "key-deepseek"),
                        Map.entry("ANTHROPIC_API_KEY", ""),
                        Map.entry("ANTHROPIC_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_DEFAULT_OPUS_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_DEFAULT_FABLE_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_DEFAULT_SONNET_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_DEFAULT_HAIKU_MODEL", "deepseek-flash"),
                        Map.entry("ANTHROPIC_SMALL_FAST_MODEL", "deepseek-flash"),
                        Map.entry("CLAUDE_CODE_SUBAGENT_MODEL", "deepseek-flash"),
                        Map.entry("CLAUDE_CODE_MAX_CONTEXT_TOKENS", "1000000"),
                        Map.entry("CLAUDE_CODE_ATTRIBUTION_HEADER", "0"),
                        Map.entry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
                        Map.entry("CLAUDE_CODE_MAX_RETRIES", "4"),
                        Map.entry("KATRA_PERSONA", "Sam"),
                        Map.entry("KATRA_PROVIDER", "deepseek"),
                        Map.entry("KATRA_SESSION_TOKEN", "katra-token-0123456789"),
                        Map.entry("KATRA_SERVER", "http://127.0.0.1:3141"),
                        Map.entry("NO_PROXY", "127.0.0.1,localhost"),
                        Map.entry("no_proxy", "127.0.0.1,localhost"),
                        Map.entry("PATH", "/usr/bin"),
                        Map.entry("HOME", "/home/kim")));
    }

    @Test
    void isExactlyThisForAnthropicOnTheUsersLogin() {
        assertThat(build("", "anthropic", null, Map.of("PATH", "/usr/bin"))
                        .asMap()
                        .keySet())
                .containsExactlyInAnyOrder(
                        "KATRA_PERSONA",
                        "KATRA_PROVIDER",
                        "KATRA_SESSION_TOKEN",
                        "KATRA_SERVER",
                        "NO_PROXY",
                        "no_proxy",
                        "PATH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY",
                "STRANGER_API_KEY",
                "stranger_api_key",
                "COMPANY_KEY",
                "ANTHROPIC_BASE_URL",
                "ANTHROPIC_MODEL",
                "ANTHROPIC_CUSTOM_HEADERS",
                "ANTHROPIC_AUTH_TOKEN",
                "CLAUDE_CODE_USE_BEDROCK",
                "_CLAUDE_CODE_ASSUME_FIRST_PARTY_BASE_URL",
                "CLAUDE_CODE_OAUTH_TOKEN",
                "CLAUDECODE",
                "KATRA_HOME",
                "KATRA_OTHER_ENV_ANTHROPIC_AUTH_TOKEN",
                "BASH_FUNC_which%%",
                "with space",
            })
    void doesNotInherit(String name) {
        String file = """
                MINE_ENDPOINT=http://localhost:1
                MINE_API_KEY_VAR=COMPANY_KEY
                OTHER_ENDPOINT=http://localhost:1
                OTHER_AUTH=literal
                OTHER_ENV_ANTHROPIC_AUTH_TOKEN=x
                """;

        assertThat(build(file, "anthropic", null, Map.of(name, "stray")).asMap().values())
                .doesNotContain("stray");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "LANG",
                "TERM",
                "CLAUDE_CONFIG_DIR",
                "GITHUB_TOKEN",
                "KATRA_CLAUDE",
                "HTTPS_PROXY",
                "lower"
            })
    void inherits(String name) {
        SessionEnvironment environment = build("", "demo", null, Map.of(name, "mine"));

        assertThat(environment.asMap()).containsEntry(name, "mine");
        assertThat(environment.find(name).orElseThrow().source().kind()).isEqualTo(Source.Kind.INHERITED);
    }

    @Test
    void aNestedSessionGetsItsOwnIdentity() {
        Map<String, String> outer = Map.of(
                "KATRA_PERSONA", "Dario",
                "KATRA_PROVIDER", "anthropic",
                "KATRA_SESSION_TOKEN", "outer-token",
                "KATRA_SERVER", "http://127.0.0.1:1",
                "KATRA_HOME", "/outer");

        assertThat(build("", "demo", null, outer).asMap())
                .containsEntry("KATRA_PERSONA", "Sam")
                .containsEntry("KATRA_SESSION_TOKEN", "katra-token-0123456789")
                .containsEntry("KATRA_SERVER", "http://127.0.0.1:3141")
                .doesNotContainKey("KATRA_HOME");
    }

    @Test
    void theHomeIsPassedWhenItIsNotTheDefault() {
        SessionIdentity elsewhere = new SessionIdentity("Sam", "t", "http://127.0.0.1:1", "/srv/katra");

        assertThat(SessionEnvironments.build(Catalogs.shipped(home), LaunchTarget.of("demo"), elsewhere, Map.of())
                        .asMap())
                .containsEntry("KATRA_HOME", "/srv/katra");
    }

    @Test
    void namesToPassAreKeptAndNamesToDropAreLeftOut() {
        Map<String, String> caller = Map.of(
                "KATRA_PASS_ENV", "MAPS_API_KEY, ANTHROPIC_LOG BOTH",
                "KATRA_DROP_ENV", "EDITOR,BOTH",
                "MAPS_API_KEY", "maps",
                "ANTHROPIC_LOG", "debug",
                "EDITOR", "vi",
                "BOTH", "x");

        assertThat(build("", "demo", null, caller).asMap())
                .containsEntry("MAPS_API_KEY", "maps")
                .containsEntry("ANTHROPIC_LOG", "debug")
                .doesNotContainKeys("EDITOR", "BOTH");
    }

    @Test
    void aNameToPassDoesNotReplaceWhatTheProviderSets() {
        Map<String, String> caller = Map.of(
                "KATRA_PASS_ENV", "ANTHROPIC_API_KEY,ANTHROPIC_BASE_URL",
                "ANTHROPIC_API_KEY", "key-anthropic",
                "ANTHROPIC_BASE_URL", "https://elsewhere.example",
                "DEEPSEEK_API_KEY", "key-deepseek");

        assertThat(build("", "deepseek", null, caller).asMap())
                .containsEntry("ANTHROPIC_API_KEY", "")
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/deepseek");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "unset",
            value = {
                "unset | unset | 127.0.0.1,localhost | 127.0.0.1,localhost",
                "corp | unset | corp,127.0.0.1,localhost | corp,127.0.0.1,localhost",
                "unset | corp, .lan | corp,.lan,127.0.0.1,localhost | corp,.lan,127.0.0.1,localhost",
                "a | b | a,127.0.0.1,localhost | b,127.0.0.1,localhost",
                "localhost | unset | localhost,127.0.0.1 | localhost,127.0.0.1",
                "* | unset | * | *",
            })
    void loopbackNeverGoesThroughAProxy(
            @Nullable String upper, @Nullable String lower, String newUpper, String newLower) {
        Map<String, String> caller = new HashMap<>();
        if (upper != null) {
            caller.put("NO_PROXY", upper);
        }
        if (lower != null) {
            caller.put("no_proxy", lower);
        }

        assertThat(build("", "demo", null, caller).asMap())
                .containsEntry("NO_PROXY", newUpper)
                .containsEntry("no_proxy", newLower);
    }

    @Test
    void theAskedModelBeatsEveryConfiguredOneAndFillsTheAliases() {
        String file = "DEEPSEEK_ENV_ANTHROPIC_MODEL=from-env\nDEEPSEEK_HAIKU_MODEL=small\n";
        Map<String, String> caller = Map.of("DEEPSEEK_API_KEY", "k");

        SessionEnvironment asked = build(file, "deepseek", "weird \"$(id)\"\nmodel", caller);
        SessionEnvironment configured = build(file, "deepseek", null, caller);

        assertThat(asked.model()).isEqualTo("weird \"$(id)\"\nmodel");
        assertThat(asked.asMap())
                .containsEntry("ANTHROPIC_MODEL", "weird \"$(id)\"\nmodel")
                .containsEntry("ANTHROPIC_DEFAULT_OPUS_MODEL", "weird \"$(id)\"\nmodel")
                .containsEntry("CLAUDE_CODE_SUBAGENT_MODEL", "weird \"$(id)\"\nmodel")
                .containsEntry("ANTHROPIC_DEFAULT_HAIKU_MODEL", "small")
                .containsEntry("ANTHROPIC_SMALL_FAST_MODEL", "small");
        assertThat(asked.find("ANTHROPIC_MODEL").orElseThrow().source()).isEqualTo(Source.option("--model"));
        assertThat(configured.model()).isEqualTo("from-env");
        assertThat(configured.asMap()).containsEntry("ANTHROPIC_MODEL", "from-env");
    }

    @Test
    void anAliasIsResolvedByTheProvidersModels() {
        assertThat(build("", "deepseek", "opus", Map.of("DEEPSEEK_API_KEY", "k"))
                        .asMap())
                .containsEntry("ANTHROPIC_MODEL", "opus")
                .containsEntry("ANTHROPIC_DEFAULT_OPUS_MODEL", "deepseek-flash");
    }

    @Test
    void anthropicGetsTheModelButNoAliases() {
        assertThat(build("", "anthropic", "claude-opus-5-5", Map.of()).asMap())
                .containsEntry("ANTHROPIC_MODEL", "claude-opus-5-5")
                .doesNotContainKeys(
                        "ANTHROPIC_DEFAULT_OPUS_MODEL", "CLAUDE_CODE_SUBAGENT_MODEL", "CLAUDE_CODE_MAX_RETRIES");
    }

    @Test
    void theEntrysFurtherVariablesHaveTheLastWord() {
        String file = "DEMO_ENV_CLAUDE_CODE_MAX_RETRIES=9\nDEMO_MAX_OUTPUT_TOKENS=4096\n";

        SessionEnvironment environment = build(file, "demo", null, Map.of());

        assertThat(environment.asMap())
                .containsEntry("CLAUDE_CODE_MAX_RETRIES", "9")
                .containsEntry("CLAUDE_CODE_MAX_OUTPUT_TOKENS", "4096");
        assertThat(environment
                        .find("CLAUDE_CODE_MAX_RETRIES")
                        .orElseThrow()
                        .source()
                        .text())
                .isEqualTo(home.resolve("providers.conf") + ":1");
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter, gpt-x, vendor/model",
        "anthropic, anthropic/claude-sonnet-4, claude-sonnet-4",
        "openai, openai/gpt-4-turbo, gpt-4-turbo",
    })
    void warnsOfAModelInTheWrongForm(String provider, String model, String form) {
        Map<String, String> caller = Map.of("OPENROUTER_API_KEY", "k", "OPENAI_API_KEY", "k");
        LaunchTarget target = new LaunchTarget(provider, model, Route.VERBATIM);

        assertThat(SessionEnvironments.build(Catalogs.shipped(home), target, SAM, caller)
                        .warnings())
                .filteredOn(warning -> warning.contains(form))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"openrouter, anthropic/claude-sonnet-4", "openrouter, opus", "openrouter,", "anthropic, claude-opus-4"})
    void doesNotWarnOfAModelInTheRightForm(String provider, @Nullable String model) {
        assertThat(build("", provider, model, Map.of("OPENROUTER_API_KEY", "k")).warnings())
                .isEmpty();
    }

    @Test
    void warnsOfALocalServerWithoutAModel() {
        assertThat(build("", "vllm", null, Map.of()).warnings())
                .singleElement()
                .asString()
                .contains("--model");
    }

    static List<String> providerIds() {
        return Catalogs.shipped(Path.of("target", "no-such-home")).all().stream()
                .map(provider -> provider.id())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("providerIds")
    void everyShippedProviderGetsItsOwnKeyAndNoOther(String id) {
        ProviderCatalog catalog = Catalogs.shipped(home);
        Map<String, String> caller = new HashMap<>();
        catalog.all().forEach(provider -> caller.put(provider.apiKeyVar(), "key-of-" + provider.id()));

        SessionEnvironment environment =
                SessionEnvironments.build(catalog, new LaunchTarget(id, null, Route.VERBATIM), SAM, caller);

        List<String> keys = environment.asMap().values().stream()
                .filter(value -> value.startsWith("key-of-"))
                .toList();
        assertThat(keys).isEqualTo(catalog.get(id).auth().needsKey() ? List.of("key-of-" + id) : List.of());
        assertThat(environment.asMap()).containsEntry("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1");
        assertThat(environment.variables())
                .filteredOn(variable -> variable.value().startsWith("key-of-"))
                .allMatch(EnvironmentVariable::secret);
    }

    private SessionEnvironment build(
            String userFile, String provider, @Nullable String model, Map<String, String> caller) {
        return SessionEnvironments.build(
                Catalogs.with(home, userFile), new LaunchTarget(provider, model, null), SAM, caller);
    }
}
