package dev.katra.launcher.claude.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.launcher.agent.Restriction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeSettingsTests {

    private static final URI SERVER = URI.create("http://127.0.0.1:3141");
    private static final String MANAGED = "managed/managed-settings.json";
    private static final String DROPPED = "managed/managed-settings.d/10-it.json";
    private static final String USER = "user/.claude/settings.json";
    private static final String PROJECT = "work/.claude/settings.json";
    private static final String LOCAL = "work/.claude/settings.local.json";

    @TempDir
    Path root;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void prepare() throws IOException {
        environment.put("HOME", root.resolve("user").toString());
        environment.put(ClaudeSettings.MANAGED_VARIABLE, root.resolve("managed").toString());
        Files.createDirectories(root.resolve("work"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                MANAGED + "|allowManagedHooksOnly|true",
                DROPPED + "|disableAllHooks|true",
                MANAGED + "|strictPluginOnlyCustomization|['hooks']",
            })
    void hooksThatAdministratorsSwitchOffAreSaidToBe(String file, String key, String value) throws IOException {
        write(file, "{'" + key + "': " + value + "}");

        Restriction only = only();
        assertThat(only.preventsStart()).isFalse();
        assertThat(only.text())
                .startsWith("Claude Code runs no hooks of Katra's, so mail wakes nobody")
                .endsWith(": " + key + " in " + root.resolve(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {USER, PROJECT, LOCAL})
    void whatOurOwnSettingsOverruleIsNotSaid(String file) throws IOException {
        write(file, "{'disableAllHooks': true, 'allowManagedHooksOnly': true, 'env': {'NO_PROXY': 'corp.example'}}");

        assertThat(restrictions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                USER + "|allowedMcpServers|[{'serverName': 'github'}]",
                USER + "|allowedMcpServers|[]",
                PROJECT + "|allowedMcpServers|[{'serverName': 'katra'}, {'serverUrl': 'https://x.example/*'}]",
                LOCAL + "|deniedMcpServers|[{'serverName': 'katra'}]",
                MANAGED + "|deniedMcpServers|[{'serverUrl': 'http://*'}]",
                MANAGED + "|strictPluginOnlyCustomization|['mcp', 'skills']",
            })
    void anMcpServerThatMayNotBeUsedStopsTheStart(String file, String key, String value) throws IOException {
        write(file, "{'" + key + "': " + value + "}");

        Restriction only = only();
        assertThat(only.preventsStart()).isTrue();
        assertThat(only.text())
                .startsWith("Claude Code may not use Katra's MCP server")
                .endsWith(": " + key + " in " + root.resolve(file));
        assertThat(only.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'serverName': 'katra'}]",
                "[{'serverUrl': 'http://127.0.0.1:*/*'}]",
                "[{'serverName': 'github'}, {'serverUrl': 'http://127.0.0.1:3141/mcp'}]",
            })
    void anMcpServerThatIsAllowedIsNotSaid(String list) throws IOException {
        write(USER, "{'allowedMcpServers': " + list + ", 'deniedMcpServers': [{'serverName': 'other'}]}");

        assertThat(restrictions()).isEmpty();
    }

    @Test
    void listsOfAllFilesCountTogetherUnlessTheAdministratorsKeepItToThemselves() throws IOException {
        write(USER, "{'allowedMcpServers': [{'serverName': 'katra'}]}");
        write(MANAGED, "{'allowedMcpServers': [{'serverName': 'github'}]}");
        assertThat(restrictions()).isEmpty();

        write(MANAGED, "{'allowedMcpServers': [{'serverName': 'github'}], 'allowManagedMcpServersOnly': true}");
        assertThat(only().setBy()).isEqualTo("allowedMcpServers in " + root.resolve(MANAGED));
    }

    @Test
    void theAdministratorsOnlyServersAndAServerDisabledInTheClientStopTheStart() throws IOException {
        write("managed/managed-mcp.json", "{'mcpServers': {}}");
        assertThat(only().setBy()).isEqualTo(root.resolve("managed/managed-mcp.json") + " names the only MCP servers");

        Files.delete(root.resolve("managed/managed-mcp.json"));
        Path work = root.resolve("work").toRealPath();
        write("user/.claude.json", "{'projects': {'" + work + "': {'disabledMcpServers': ['katra']}}}");
        assertThat(only().setBy()).startsWith("it is disabled for " + work + " in ");
        assertThat(only().remedy()).isEqualTo("in Claude Code: /mcp enable katra");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowedHttpHookUrls|['https://hooks.example/*']",
                "allowedHttpHookUrls|[]",
                "httpHookAllowedEnvVars|['OTHER']",
            })
    void hooksThatMayNotReportAreSaidToBe(String key, String list) throws IOException {
        write(PROJECT, "{'" + key + "': " + list + "}");
        assertThat(only().text())
                .startsWith("Claude Code does not report to Katra's server")
                .endsWith(key + " in " + root.resolve(PROJECT));

        write(USER, "{'" + key + "': ['http://127.0.0.1:*', 'KATRA_SESSION_TOKEN']}");
        assertThat(restrictions()).isEmpty();
    }

    @Test
    void toolsThatAreDeniedAndOptionsThatSwitchHooksOffAreNamed() throws IOException {
        write(USER, "{'permissions': {'deny': ['Read(x)', 'mcp__katra__katra_hear', 'mcp__other']}}");
        assertThat(only().text())
                .isEqualTo("the model may not use mcp__katra__katra_hear: permissions.deny in " + root.resolve(USER));

        write(USER, "{}");
        assertThat(restrictions("--bare")).singleElement().satisfies(bare -> assertThat(bare.setBy())
                .isEqualTo("--bare"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'disableAutoMode': 'disable'}||disableAutoMode",
                "{'permissions': {'disableAutoMode': 'disable'}}||permissions.disableAutoMode",
                "{'permissions': {'disableAutoMode': 'disable', 'defaultMode': 'plan'}}|--permission-mode=auto|permissions.disableAutoMode",
                "{'permissions': {'disableBypassPermissionsMode': 'disable', 'defaultMode': 'bypassPermissions'}}||permissions.disableBypassPermissionsMode",
                "{'disableBypassPermissionsMode': 'disable'}|--dangerously-skip-permissions|disableBypassPermissionsMode",
            })
    void aModeThatIsSwitchedOffIsSaidOfASessionThatWouldHaveIt(String content, @Nullable String option, String key)
            throws IOException {
        write(PROJECT, content);

        List<Restriction> found = option == null ? restrictions() : restrictions(option);
        assertThat(found).singleElement().satisfies(only -> {
            assertThat(only.preventsStart()).isFalse();
            assertThat(only.text())
                    .endsWith("so a session waits for a person at every call that no rule allows: " + key + " in "
                            + root.resolve(PROJECT));
        });
    }

    @Test
    void aModeThatIsSwitchedOffIsNoMatterToASessionThatHasAnother() throws IOException {
        write(USER, "{'permissions': {'disableAutoMode': 'disable', 'disableBypassPermissionsMode': 'disable'}}");
        assertThat(restrictions("--permission-mode", "acceptEdits")).isEmpty();

        write(PROJECT, "{'permissions': {'defaultMode': 'plan'}}");
        assertThat(restrictions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_PROXY", "no_proxy"})
    void aProxyThatAdministratorsHaveTakeLoopbackStopsTheStart(String name) throws IOException {
        write(MANAGED, "{'env': {'" + name + "': 'corp.example', 'HTTP_PROXY': 'http://proxy'}}");
        assertThat(only().preventsStart()).isTrue();
        assertThat(only().text()).contains("token to a proxy", "env." + name + " in " + root.resolve(MANAGED));

        write(MANAGED, "{'env': {'" + name + "': 'corp.example, 127.0.0.1'}}");
        assertThat(restrictions()).isEmpty();
    }

    @Test
    void noProxyIsWhatTheStrongestFileNamesWithLoopbackInBothSpellings() throws IOException {
        environment.put("NO_PROXY", "shell.example,127.0.0.1");
        assertThat(settings().noProxy(environment))
                .containsEntry("NO_PROXY", "shell.example,127.0.0.1,localhost")
                .containsEntry("no_proxy", "shell.example,127.0.0.1,localhost");

        write(USER, "{'env': {'NO_PROXY': 'user.example', 'no_proxy': 'lower.example'}}");
        write(LOCAL, "{'env': {'NO_PROXY': 'local.example'}}");
        assertThat(settings().noProxy(environment).get("no_proxy"))
                .isEqualTo("local.example,lower.example,127.0.0.1,localhost");
    }

    @Test
    void theEndpointOfTheLoginIsTheOneThatTheSettingsName() throws IOException {
        assertThat(ClaudeLogin.of(settings())).isEqualTo(new ClaudeLogin(null, null, null));

        write("user/.claude/.credentials.json", "{}");
        assertThat(ClaudeLogin.of(settings()).credentialPlace()).isEqualTo("your Claude login");

        write(USER, "{'env': {'ANTHROPIC_BASE_URL': 'https://me:pw@relay.example/v1', 'ANTHROPIC_AUTH_TOKEN': 'sk'}}");
        ClaudeLogin login = ClaudeLogin.of(settings());
        assertThat(login.text())
                .contains("Claude Code asks https://relay.example/v1 here, by env.ANTHROPIC_BASE_URL in "
                        + root.resolve(USER));
        assertThat(login.credentialPlace()).isEqualTo("env.ANTHROPIC_AUTH_TOKEN in " + root.resolve(USER));

        write(LOCAL, "{'env': {'CLAUDE_CODE_USE_BEDROCK': '1'}, 'apiKeyHelper': 'x'}");
        assertThat(ClaudeLogin.of(settings()).endpoint()).isEqualTo("Amazon Bedrock");
    }

    @Test
    void aFileThatIsNoJsonIsLeftOut() throws IOException {
        write(USER, "{'disableAllHooks'");
        write(PROJECT, "[]");

        assertThat(restrictions()).isEmpty();
    }

    @Test
    void anotherConfigurationFolderCounts() throws IOException {
        environment.put("CLAUDE_CONFIG_DIR", root.resolve("elsewhere").toString());
        write("elsewhere/settings.json", "{'deniedMcpServers': [{'serverName': 'katra'}]}");

        assertThat(only().setBy()).contains("elsewhere/settings.json");
    }

    private Restriction only() {
        List<Restriction> found = restrictions();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private List<Restriction> restrictions(String... options) {
        return Restrictions.of(settings(), SERVER, "katra", "KATRA_SESSION_TOKEN", List.of(options));
    }

    private ClaudeSettings settings() {
        return ClaudeSettings.of(environment, root.resolve("work"));
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content.replace('\'', '"'));
    }
}
