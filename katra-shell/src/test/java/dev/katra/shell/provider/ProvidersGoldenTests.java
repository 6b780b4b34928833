package dev.katra.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.Agents;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersGoldenTests {

    @TempDir
    Path home;

    @Test
    void theTableIsTheSameOnATerminalAndInAPipe() throws IOException {
        TestCaller terminal = providers(caller().terminal(), false);
        TestCaller pipe = providers(caller(), false);

        Golden.check(Golden.file("providers.txt"), pipe.out());
        assertThat(terminal.out()).isEqualTo(pipe.out());
        assertThat(pipe.err()).isEmpty();
    }

    @Test
    void theJson() throws IOException {
        Golden.check(Golden.file("providers.json"), providers(caller(), true).out());
    }

    @Test
    void aKeyIsNamedAndNeverShown() throws IOException {
        assertThat(providers(caller(), false).out())
                .contains("set: DEEPSEEK_API_KEY")
                .doesNotContain("sk-private");
        assertThat(providers(caller(), true).out()).doesNotContain("sk-private");
    }

    @Test
    void whatPaysWithoutAKeyIsNamedOnlyIfItIsThereAndSoIsWhereItLeads() throws IOException {
        Path none = Files.createDirectory(home.resolve("none"));
        assertThat(providers(caller().variable("CLAUDE_CONFIG_DIR", none.toString()), true)
                        .out())
                .contains("\"key\":\"not set, and no Claude login found: ANTHROPIC_API_KEY\"");

        Files.writeString(none.resolve("settings.json"), """
                {"env": {"ANTHROPIC_BASE_URL": "https://relay.example", "ANTHROPIC_AUTH_TOKEN": "sk-private"}}""");
        assertThat(providers(caller().variable("CLAUDE_CONFIG_DIR", none.toString()), true)
                        .out())
                .contains("settings.json is used, at https://relay.example")
                .doesNotContain("sk-private");
        TestCaller env = caller().variable("CLAUDE_CONFIG_DIR", none.toString());
        new EnvCommand(Agents.standard()).env(env.caller(), new ModelOptions("anthropic", null, null), Options.TEXT);
        assertThat(env.err())
                .contains("katra: Claude Code asks https://relay.example here, by env.ANTHROPIC_BASE_URL in " + none);
    }

    @Test
    void thePricesWithTheirDatesAndSources() throws IOException {
        Files.writeString(home.resolve("providers.conf"), """
                OPENAI_PRICES=gpt-6.1-sol=1.25/10/0.125/2, old-model=7/8
                OPENAI_PRICES_DATE=2026-11-30
                OPENAI_PRICES_SOURCE=https://prices.example/openai#api
                DEEPSEEK_PRICES=0.0000015/0
                DEEPSEEK_PRICES_DATE=2026-06-03
                GROQ_PRICES=1/2
                GROQ_PRICES_DATE=2026-06-04
                QWEN_PRICES=1/2
                QWEN_PRICES_DATE=2026-12-02
                """);

        Golden.check(
                Golden.file("providers-prices.txt"), prices(caller(), false).out());
        Golden.check(
                Golden.file("providers-prices.json"), prices(caller(), true).out());
    }

    @Test
    void whatHasNoPriceSaysSoAndIsNotFree() throws IOException {
        assertThat(prices(caller(), false).out().lines())
                .anyMatch(line -> line.matches("openai +gpt-6.1-sol +no price"))
                .anyMatch(line -> line.matches("anthropic +\\(others\\) +list price .*Claude Code.*"))
                .noneMatch(line -> line.contains("$"));
    }

    @Test
    void whatIsWrongWithADateIsSaidWithItsLine() throws IOException {
        Files.writeString(home.resolve("providers.conf"), "OPENAI_PRICES=1/2\nOPENAI_PRICES_DATE=yesterday\n");

        assertThatThrownBy(() -> prices(caller(), false))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.text())
                        .endsWith("providers.conf:2: OPENAI_PRICES_DATE is not a date, written year-month-day:"
                                + " 2026-11-30"));
    }

    private static TestCaller prices(TestCaller caller, boolean json) {
        Clock clock = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);
        new ProvidersCommand(Agents.standard(), clock).providers(caller.caller(), true, new OutputFormat(json));
        return caller;
    }

    private TestCaller caller() throws IOException {
        Path loggedIn = Files.createDirectories(home.resolve("claude"));
        Files.writeString(loggedIn.resolve(".credentials.json"), "{}");
        return TestCaller.of("providers")
                .home(home)
                .folder(home)
                .variable("CLAUDE_CONFIG_DIR", loggedIn.toString())
                .variable("DEEPSEEK_API_KEY", "sk-private")
                .variable("KATRA_DEFAULT_PROVIDER", "zai");
    }

    private static TestCaller providers(TestCaller caller, boolean json) {
        new ProvidersCommand(Agents.standard()).providers(caller.caller(), false, new OutputFormat(json));
        return caller;
    }
}
