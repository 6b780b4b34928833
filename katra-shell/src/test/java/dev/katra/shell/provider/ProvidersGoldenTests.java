package dev.katra.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.launcher.agent.Agents;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.testing.Golden;
import dev.katra.shell.testing.Options;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        new ProvidersCommand(Agents.standard()).providers(caller.caller(), new OutputFormat(json));
        return caller;
    }
}
