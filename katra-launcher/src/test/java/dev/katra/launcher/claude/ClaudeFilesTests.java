package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ClaudeFilesTests {

    private static final URI SERVER = URI.create("http://127.0.0.1:3141");

    @TempDir
    Path folder;

    @Test
    void theMcpConfigurationNamesOurServerAndTheTokensVariable() throws Exception {
        ClaudeFiles files = write();

        assertThat(files.mcpConfig()).isEqualTo(folder.resolve("session/mcp.json"));
        assertThat(json(files.mcpConfig())).isEqualTo(UserJson.JSON.readTree("""
                {"mcpServers": {"katra": {
                  "type": "http", "url": "http://127.0.0.1:3141/mcp",
                  "headers": {"Authorization": "Bearer ${KATRA_SESSION_TOKEN}"},
                  "alwaysLoad": true, "timeout": 360000}}}
                """));
    }

    @Test
    void theSettingsReportToTheServerAndAllowItsTools() throws Exception {
        ClaudeFiles files = write();

        JsonNode settings = json(files.settings());
        assertThat(settings.at("/disableAllHooks")).isEqualTo(UserJson.JSON.readTree("false"));
        assertThat(settings.at("/permissions/allow")).isEqualTo(UserJson.JSON.readTree("[\"mcp__katra\"]"));
        assertThat(settings.get("hooks").propertyNames())
                .containsExactlyInAnyOrder(
                        "SessionStart",
                        "UserPromptSubmit",
                        "PreToolUse",
                        "PostToolUse",
                        "PostToolUseFailure",
                        "Stop",
                        "StopFailure",
                        "PermissionRequest",
                        "PreCompact",
                        "PostCompact",
                        "Notification",
                        "SessionEnd");
        assertThat(settings.at("/hooks/PostToolUse")).isEqualTo(UserJson.JSON.readTree("""
                [{"hooks": [{
                  "type": "http", "url": "http://127.0.0.1:3141/hooks/PostToolUse",
                  "headers": {"Authorization": "Bearer ${KATRA_SESSION_TOKEN}"},
                  "allowedEnvVars": ["KATRA_SESSION_TOKEN"], "timeout": 2}]}]
                """));
        assertThat(settings.at("/hooks/PreToolUse")).hasSize(1);
        assertThat(settings.at("/hooks/PreToolUse/0/matcher").stringValue()).isEqualTo("mcp__katra__katra_hear");
    }

    @Test
    void nobodyWaitsForMailInASessionThatAnswersOnePrompt() throws Exception {
        for (String option : List.of("-p", "--print")) {
            JsonNode hooks = json(write(option, "hello").settings()).path("hooks");
            assertThat(hooks.toString()).doesNotContain("asyncRewake");
            assertThat(hooks.path("Stop")).hasSize(1);
            assertThat(hooks.at("/SessionStart/0/hooks")).hasSize(1);
        }
    }

    @Test
    void aSessionsStartAndEveryTurnBeginToWaitForMail() throws Exception {
        JsonNode settings = json(write().settings());

        String run = "exec /bin/sh '" + folder.resolve("session/session-hook") + "' ";
        String waiter = """
                {"type": "command", "command": "%swait /hooks/wait",
                 "timeout": 604800, "asyncRewake": true}""".formatted(run);
        assertThat(settings.at("/hooks/SessionStart")).isEqualTo(UserJson.JSON.readTree("""
                [{"hooks": [
                  {"type": "command", "command": "%sstart /hooks/SessionStart", "timeout": 20},
                  %s]}]
                """.formatted(run, waiter)));
        for (String event : List.of("UserPromptSubmit", "Stop", "StopFailure")) {
            JsonNode hooks = settings.path("hooks").path(event);
            assertThat(hooks).hasSize(2);
            assertThat(hooks.at("/0/hooks/0/type").stringValue()).isEqualTo("http");
            assertThat(hooks.path(1)).isEqualTo(UserJson.JSON.readTree("{\"hooks\": [" + waiter + "]}"));
        }
    }

    @Test
    void theFilesAreForTheirOwnerOnly() throws Exception {
        ClaudeFiles files = write();

        for (Path file : List.of(files.settings(), files.mcpConfig(), folder.resolve("session/session-hook"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(folder.resolve("session")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void theUsersSettingsAreKeptBesideOurs() throws Exception {
        Files.writeString(folder.resolve("mine.json"), """
                {"env": {"A": "1"}, "disableAllHooks": true,
                 "permissions": {"allow": ["Bash(ls)", "mcp__katra"], "deny": ["Read(x)"]},
                 "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "mine"}]}], "PreToolUse": []}}
                """);

        JsonNode settings = json(write("--settings", "{\"ignored\": 1}", "--settings", "mine.json")
                .settings());

        assertThat(settings.at("/env/A").stringValue()).isEqualTo("1");
        assertThat(settings.has("ignored"))
                .as("the client takes the last --settings")
                .isFalse();
        assertThat(settings.at("/disableAllHooks").booleanValue()).isFalse();
        assertThat(settings.at("/permissions")).isEqualTo(UserJson.JSON.readTree("""
                {"allow": ["Bash(ls)", "mcp__katra"], "deny": ["Read(x)"]}
                """));
        assertThat(settings.at("/hooks/Stop")).hasSize(3);
        assertThat(settings.at("/hooks/Stop/0/hooks/0/command").stringValue()).isEqualTo("mine");
        assertThat(settings.at("/hooks/Stop/1/hooks/0/type").stringValue()).isEqualTo("http");
        assertThat(settings.at("/hooks/PreToolUse")).hasSize(1);
    }

    @Test
    void aToolThatTheProviderCannotServeIsDeniedBesideWhatTheUserDenies() throws Exception {
        String denied = "{\"permissions\": {\"deny\": [\"Read(x)\"]}}";

        assertThat(json(write(List.of("WebSearch"), "--settings", denied).settings())
                        .at("/permissions/deny"))
                .isEqualTo(UserJson.JSON.readTree("[\"Read(x)\", \"WebSearch\"]"));
        assertThat(json(write().settings()).at("/permissions").has("deny")).isFalse();
    }

    @Test
    void loopbackStaysOutOfEveryProxyBesideWhatTheUserExempts() throws Exception {
        String users = "{\"env\": {\"NO_PROXY\": \"mine.example\", \"HTTPS_PROXY\": \"http://p\"}}";

        assertThat(json(write().settings()).at("/env/NO_PROXY").stringValue())
                .isEqualTo("corp.example,127.0.0.1,localhost");
        assertThat(json(write("--settings", users).settings())
                        .at("/env/NO_PROXY")
                        .stringValue())
                .isEqualTo("mine.example,corp.example,127.0.0.1,localhost");
    }

    @Test
    void theUsersMcpServersAreKeptBesideOurs() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{\"mcpServers\": {\"a\": {\"command\": \"a\"}}}");

        JsonNode servers = json(write("--mcp-config", "a.json", "{\"mcpServers\": {\"b\": {\"command\": \"b\"}}}")
                        .mcpConfig())
                .get("mcpServers");

        assertThat(servers.propertyNames()).containsExactlyInAnyOrder("a", "b", "katra");
    }

    @Test
    void aServerOfOurNameIsRefused() {
        assertThat(failure("--mcp-config", "{\"mcpServers\": {\"katra\": {}}}").text())
                .contains("\"katra\"");
    }

    @Test
    void whatCannotBeReadIsNamedAndNotRepeated() throws Exception {
        Files.writeString(folder.resolve("bad.json"), "{\n\"key\": sk-secret");

        assertThat(failure("--settings", "gone.json").text()).isEqualTo("no file \"gone.json\" for --settings");
        assertThat(failure("--settings", "bad.json").text())
                .isEqualTo("the file \"bad.json\" of --settings is not valid JSON (line 2)");
        assertThat(failure("--mcp-config", "{\"mcpServers\": sk-secret").text())
                .isEqualTo("the JSON of --mcp-config is not valid JSON (line 1)");
        assertThat(failure("--settings", "{\"hooks\": {\"Stop\": 1}}").text())
                .isEqualTo("\"Stop\" in --settings is not a JSON array");
        assertThat(failure("--settings", "{\"permissions\": []}").text())
                .isEqualTo("\"permissions\" in --settings is not a JSON object");
        assertThat(folder.resolve("session")).doesNotExist();
    }

    private Failure failure(String... users) {
        return catchThrowableOfType(Failure.class, () -> write(users));
    }

    private ClaudeFiles write(String... users) {
        return write(List.of(), users);
    }

    private ClaudeFiles write(List<String> missingTools, String... users) {
        return ClaudeFiles.write(
                folder.resolve("session"),
                SERVER,
                UserArguments.parse(List.of(users)),
                folder,
                missingTools,
                Map.of("NO_PROXY", "corp.example,127.0.0.1,localhost"));
    }

    private static JsonNode json(Path file) throws Exception {
        return UserJson.JSON.readTree(Files.readString(file));
    }
}
