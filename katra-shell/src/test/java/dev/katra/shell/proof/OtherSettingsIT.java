package dev.katra.shell.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The real client with a person's own settings. */
@Timeout(180)
class OtherSettingsIT {

    @RegisterExtension
    static final KatraWorld world = new KatraWorld();

    @Test
    void anMcpServerThatTheProjectDeniesIsSaidBeforeAnythingStarts() throws IOException {
        Path settings = write(world.folder().resolve(".claude/settings.json"), """
                {"deniedMcpServers": [{"serverName": "katra"}]}
                """);
        long since = System.nanoTime();
        try {
            ProcessResult refused = world.katra("start", "--persona", "Bob", "--provider", "demo", "--isolated", "-b");

            assertThat(refused.exitCode()).isEqualTo(5);
            assertThat(refused.stderr())
                    .contains("Claude Code may not use Katra's MCP server")
                    .contains("deniedMcpServers in " + settings)
                    .contains("hint: take the entry out there");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(45));
            assertThat(world.personas("list")).doesNotContain("Bob");
        } finally {
            Files.delete(settings);
        }
    }

    @Test
    void aProxyOfThePersonsOwnSettingsGetsNothingThatIsForKatra() throws Exception {
        try (DeadEndProxy proxy = new DeadEndProxy()) {
            logIn(world.folder().toRealPath());
            write(world.userFolder().resolve(".claude/settings.json"), """
                    {"env": {"HTTP_PROXY": "%1$s", "HTTPS_PROXY": "%1$s", "NO_PROXY": "one.example",
                             "no_proxy": "two.example"}}
                    """.formatted(proxy.uri()));

            ProcessResult started =
                    world.katra("start", "--persona", "Ada", "--provider", "anthropic", "-b", "--prompt", "Say hello.");

            assertThat(started.exitCode()).as(started.stderr()).isZero();
            await("a state that only a hook can tell")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() -> world.session("Ada").path("state").asString("").equals("working"));
            await("what is for the model, at the proxy")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() ->
                            proxy.heads().stream().anyMatch(head -> head.startsWith("CONNECT api.anthropic.com:")));
            String token = ProcessTable.environment(
                            world.session("Ada").path("pid").asLong())
                    .getOrDefault("KATRA_SESSION_TOKEN", "");
            world.done("stop", "Ada");
            assertThat(token).isNotEmpty();
            assertThat(proxy.heads())
                    .noneMatch(head -> head.contains("127.0.0.1") || head.contains("localhost"))
                    .noneMatch(head -> head.contains(token));
        }
    }

    @Test
    void aSessionWithoutAutoModeWaitsForAPersonAndTheStartSaysSo() throws IOException {
        Path settings = write(world.folder().resolve(".claude/settings.json"), """
                {"permissions": {"disableAutoMode": "disable"}}
                """);
        try {
            ProcessResult started = world.startDemo("Zoe", "Bash {\"command\":\"touch made\",\"description\":\"d\"}");

            String note = "Claude Code has no auto mode, so a session waits for a person at every call that no rule"
                    + " allows: permissions.disableAutoMode in " + settings;
            assertThat(started.exitCode()).as(started.stderr()).isZero();
            assertThat(started.stderr()).contains("katra: warning: " + note);
            await("a waiting Zoe")
                    .atMost(KatraWorld.PATIENCE)
                    .until(() -> world.session("Zoe").path("state").asString("").equals("waiting"));
            assertThat(world.session("Zoe").path("dialog").asString("")).isEqualTo("permission for Bash");
            assertThat(world.session("Zoe").path("permissionMode").asString("")).isEqualTo("default");
            assertThat(world.katra("list").stderr()).contains("katra: Zoe: " + note);
            assertThat(world.katra("doctor").stdout()).contains("permissions.disableAutoMode in " + settings);
            assertThat(world.folder().resolve("made")).doesNotExist();
            world.done("stop", "Zoe");
        } finally {
            Files.delete(settings);
        }
    }

    /** As one who has answered the questions of the first run and has a login, which is good for nothing. */
    private static void logIn(Path folder) throws IOException {
        ObjectNode answers = JsonMapper.shared().createObjectNode();
        answers.put("hasCompletedOnboarding", true);
        answers.putObject("oauthAccount").put("emailAddress", "ada@example.org");
        answers.putObject("projects").putObject(folder.toString()).put("hasTrustDialogAccepted", true);
        write(world.userFolder().resolve(".claude.json"), answers.toString());
        write(world.userFolder().resolve(".claude/.credentials.json"), """
                {"claudeAiOauth": {"accessToken": "sk-ant-oat01-of-a-test", "refreshToken": "sk-ant-ort01-of-a-test",
                                   "expiresAt": 4102444800000, "subscriptionType": "pro", "scopes": ["user:inference"]}}
                """);
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
