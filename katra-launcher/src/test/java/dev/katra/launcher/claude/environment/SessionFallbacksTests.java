package dev.katra.launcher.claude.environment;

import static dev.katra.launcher.provider.Catalogs.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.Catalogs;
import dev.katra.launcher.provider.Provider;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session is told that has others to answer in place of its provider. */
class SessionFallbacksTests {

    private static final SessionIdentity SAM = new SessionIdentity("Sam", "katra-token", "http://127.0.0.1:3141", null);
    private static final Map<String, String> KEYS = Map.of(
            "ANTHROPIC_API_KEY", "key-anthropic",
            "OPENAI_API_KEY", "key-openai",
            "DEEPSEEK_API_KEY", "key-deepseek",
            "ZAI_API_KEY", "key-zai");

    @TempDir
    Path home;

    @Test
    void takesThoseOfTheEntryInTheirOrderWithTheirKeys() {
        SessionEnvironment environment = build("OPENAI_FALLBACK=deepseek, zai\n", "openai", null, null, KEYS);

        assertThat(environment.fallbacks()).extracting(Provider::id).containsExactly("deepseek", "zai");
        assertThat(environment.asMap())
                .containsEntry(
                        "ANTHROPIC_CUSTOM_HEADERS",
                        "X-Katra-Session: katra-token\nX-Katra-Fallback-Key-deepseek: key-deepseek\n"
                                + "X-Katra-Fallback-Key-zai: key-zai")
                .doesNotContainKeys("DEEPSEEK_API_KEY", "ZAI_API_KEY");
        assertThat(environment.find("ANTHROPIC_CUSTOM_HEADERS").orElseThrow().masked())
                .doesNotContain("key-deepseek", "key-zai");
    }

    @Test
    void storesWhatEachOfThemIs() {
        String file = "OPENAI_FALLBACK=zai,ollama\nZAI_PRICES=1/2\nOPENAI_OPUS_MODEL=big[1m]\n";
        EndpointModels ofOpenai = new EndpointModels("gpt-6.1-sol", "big", "gpt-6.1-sol", "gpt-6-luna");

        Upstream upstream = SessionEnvironments.upstream(build(file, "openai", null, null, KEYS), false)
                .orElseThrow();

        assertThat(upstream.fallbacks())
                .containsExactly(
                        new Fallback(
                                "zai",
                                "https://api.z.ai/api/anthropic",
                                Protocol.ANTHROPIC,
                                new KeySource(KeyHeader.BEARER, "ZAI_API_KEY"),
                                new EndpointModels("glm-5.3", null, null, "glm-5.3-flash"),
                                ofOpenai,
                                new TokenLimits(1_000_000, 0),
                                new EndpointSettings(
                                        "reasoning-content,thinking-field", "", "1/2", "model glm-5.3-flash")),
                        new Fallback(
                                "ollama",
                                "http://localhost:11434",
                                Protocol.ANTHROPIC,
                                new KeySource(KeyHeader.BEARER, "OLLAMA_API_KEY"),
                                new EndpointModels("qwen3-coder", null, null, null),
                                ofOpenai,
                                new TokenLimits(64_000, 0),
                                new EndpointSettings("no-documents", "", "", "model qwen3-coder")));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-6-luna, glm-5.3-flash",
        "gpt-6.1-sol, glm-5.3",
        "big, glm-5.3",
        "claude-haiku-5-5, glm-5.3-flash",
        "claude-opus-5-5, glm-5.3",
        "something-else, glm-5.3"
    })
    void namesTheModelForTheSamePurpose(String asked, String model) {
        String file = "OPENAI_FALLBACK=zai\nOPENAI_OPUS_MODEL=big[1m]\n";
        Fallback fallback = SessionEnvironments.upstream(build(file, "openai", null, null, KEYS), false)
                .orElseThrow()
                .fallbacks()
                .get(0);

        assertThat(fallback.modelFor(asked)).isEqualTo(model);
    }

    @Test
    void theStartsWordComesBeforeTheEntrys() {
        String file = "OPENAI_FALLBACK=deepseek\n";

        assertThat(build(file, "openai", null, "zai", KEYS).fallbacks())
                .extracting(Provider::id)
                .containsExactly("zai");
        assertThat(build(file, "openai", null, "none", KEYS).fallbacks()).isEmpty();
        assertThat(SessionEnvironments.build(
                                Catalogs.with(home, file, Map.of("KATRA_OPENAI_FALLBACK", "none")),
                                LaunchTarget.of("openai"),
                                SAM,
                                KEYS)
                        .fallbacks())
                .isEmpty();
    }

    @Test
    void anthropicWithAKeyGoesThroughTheGatewayThen() {
        SessionEnvironment environment = build("", "anthropic", null, "deepseek", KEYS);

        assertThat(environment.route()).isEqualTo(Route.GATEWAY);
        assertThat(environment.asMap())
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:3141/gateway/anthropic")
                .containsEntry("ANTHROPIC_API_KEY", "key-anthropic");
        assertThat(build("", "anthropic", null, null, KEYS).route()).isEqualTo(Route.DIRECT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "anthropic | deepseek | | login | a session on your Claude login has no fallback",
                "anthropic | deepseek | DIRECT | | would take the route direct",
                "openai | deepseek | VERBATIM | | would take the route verbatim",
                "openai | openai | | | openai cannot be its own fallback",
                "openai | zai,zai | | | zai is named twice as a fallback",
                "openai | demo | | | demo is served by Katra itself, and cannot be a fallback",
                "demo | openai | | | demo is served by Katra itself, and has no fallback",
                "openai | depseek | | | no provider is called \"depseek\"",
                "openai | anthropic | | | the fallback anthropic has no model to answer with",
                "openai | moonshot | | | API key not found for moonshot, the fallback of openai",
            })
    void refusesWhatCannotBe(
            String provider, String fallback, @Nullable Route route, @Nullable String login, String why) {
        Map<String, String> caller = new HashMap<>(KEYS);
        if (login != null) {
            caller.remove("ANTHROPIC_API_KEY");
        }

        Failure failure = failureOf(() -> build("", provider, route, fallback, caller));

        assertThat(failure.text()).contains(why);
        assertThat(failure.hint()).isPresent();
    }

    @Test
    void aMissingKeyIsNamed() {
        Failure failure = failureOf(() -> build("", "openai", null, "moonshot", KEYS));

        assertThat(failure.hint().orElse("")).contains("export MOONSHOT_API_KEY=your-key-here");
    }

    @Test
    void anEntryThatNamesNobodyIsRefusedWithItsLine() {
        Failure failure = failureOf(() -> Catalogs.with(home, "OPENAI_FALLBACK=deepseek,nobody\n"));

        assertThat(failure.text()).contains("providers.conf:1", "no provider is called \"nobody\"");
        assertThat(failureOf(() -> Catalogs.with(home, "OPENAI_FALLBACK=deep seek\n"))
                        .text())
                .contains("OPENAI_FALLBACK is not a list of providers");
    }

    private SessionEnvironment build(
            String file,
            String provider,
            @Nullable Route route,
            @Nullable String fallback,
            Map<String, String> caller) {
        return SessionEnvironments.build(
                Catalogs.with(home, file), new LaunchTarget(provider, null, route, fallback), SAM, caller);
    }

    @Test
    void withoutFallbacksNothingIsStored() {
        assertThat(SessionEnvironments.upstream(build("", "openai", null, null, KEYS), false)
                        .orElseThrow()
                        .fallbacks())
                .isEqualTo(List.of());
    }
}
