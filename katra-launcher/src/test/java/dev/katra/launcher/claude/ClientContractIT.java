package dev.katra.launcher.claude;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.AgentLaunch.Briefing;
import dev.katra.launcher.agent.AgentLaunch.LaunchConversation;
import dev.katra.launcher.claude.ContractServer.Answer;
import dev.katra.launcher.claude.ContractServer.Request;
import dev.katra.launcher.process.LocalProcessRunner;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What Katra relies on in the client, fact by fact, with our own command line and files, and nothing of Katra's server.
 * {@code KATRA_CLAUDE_VERSION=x.y.z ./mvnw verify -Pcontract} says which facts hold in a release.
 */
@Tag("contract")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(FactReport.class)
class ClientContractIT {

    private static final String TOKEN = "token-of-the-provider";
    private static final String KEY = "sk-key-of-the-provider-0123456789";
    private static final String SESSION = UUID.randomUUID().toString();
    private static final String BASH = """
            {"command":"env; echo provider=$ANTHROPIC_AUTH_TOKEN","description":"Look"}""";

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<ContractServer> servers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path binary;

    @SuppressWarnings("NullAway.Init")
    private ContractServer plain;

    @SuppressWarnings("NullAway.Init")
    private ContractServer bound;

    /** Where the user's and the project's settings would send a session. */
    @SuppressWarnings("NullAway.Init")
    private ContractServer elsewhere;

    @BeforeAll
    void runTwoSessions(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
        binary = TestedClient.binary();
        elsewhere = server(request -> ContractServer.text("Elsewhere."));
        plain = server(request -> ContractServer.text("Done."));
        run(
                plain,
                "plain",
                Map.of(
                        "ANTHROPIC_BASE_URL", plain.uri() + "/",
                        "ANTHROPIC_API_KEY", KEY,
                        "ANTHROPIC_MODEL", "another/model",
                        "ANTHROPIC_CUSTOM_HEADERS", "X-One: 1\nX-Two: 2",
                        "CLAUDE_CODE_MAX_OUTPUT_TOKENS", "1234",
                        "CLAUDE_CODE_ATTRIBUTION_HEADER", "0"),
                List.of("--model", "some/model[1m]", "--session-id", SESSION));
        bound = server(ClientContractIT::pingThenLook)
                .adding("UserPromptSubmit", "Context of the prompt.")
                .adding("PostToolUse", "Context of the tool.")
                .adding("SessionStart", "Context of the start.");
        runBound(bound, "bound", Map.of("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST", "1", "KATRA_PERSONA", "Sam"));
    }

    @AfterAll
    void close() {
        servers.forEach(ContractServer::close);
    }

    @Test
    @DisplayName("a prompt is one stream to BASE/v1/messages?beta=true, a slash at the end of BASE trimmed")
    void onlyRequest() {
        assertThat(plain.forTheModel()).hasSize(1);
        Request request = plain.forTheModel().get(0);
        assertThat(request.query()).isEqualTo("beta=true");
        assertThat(request.json().path("stream").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("ANTHROPIC_AUTH_TOKEN goes out as a bearer token, ANTHROPIC_API_KEY as x-api-key, both as both")
    void credentials() {
        assertThat(first(plain).header("authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(first(plain).header("x-api-key")).isEqualTo(KEY);
    }

    @Test
    @DisplayName("ANTHROPIC_CUSTOM_HEADERS go out beside the credential, a line each")
    void headers() {
        assertThat(first(plain).header("x-one")).isEqualTo("1");
        assertThat(first(plain).header("x-two")).isEqualTo("2");
    }

    @Test
    @DisplayName("x-claude-code-session-id is the --session-id")
    void sessionId() {
        assertThat(first(plain).header("x-claude-code-session-id")).isEqualTo(SESSION);
    }

    @Test
    @DisplayName("a model's name goes out as it is, without [1m], and --model beats ANTHROPIC_MODEL")
    void model() {
        assertThat(first(plain).json().path("model").asString("")).isEqualTo("some/model");
    }

    @Test
    @DisplayName("CLAUDE_CODE_MAX_OUTPUT_TOKENS is the request's max_tokens, 32000 for an unknown model otherwise")
    void outputTokens() {
        assertThat(first(plain).json().path("max_tokens").asInt()).isEqualTo(1234);
        assertThat(first(bound).json().path("max_tokens").asInt()).isEqualTo(32_000);
    }

    @Test
    @DisplayName("CLAUDE_CODE_ATTRIBUTION_HEADER=0 drops the billing block")
    void billingBlock() {
        assertThat(first(plain).json().path("system").toString()).doesNotContain("x-anthropic-billing-header");
        assertThat(first(bound).json().path("system").toString()).contains("x-anthropic-billing-header");
    }

    @Test
    @DisplayName("NO_PROXY keeps loopback off HTTP_PROXY")
    void proxy() {
        assertThat(plain.forTheModel()).isNotEmpty(); // the proxy of its environment is a port that nobody has
    }

    @Test
    @DisplayName("an alias means ANTHROPIC_DEFAULT_HAIKU_MODEL")
    void alias() throws Exception {
        ContractServer server = server(request -> ContractServer.text("Done."));
        run(server, "alias", Map.of("ANTHROPIC_DEFAULT_HAIKU_MODEL", "my/small"), List.of("--model", "haiku"));
        assertThat(first(server).json().path("model").asString("")).isEqualTo("my/small");
    }

    @Test
    @DisplayName("without a credential it says Not logged in and ends with 1")
    void login() throws Exception {
        ContractServer server = server(request -> ContractServer.text("Done."));
        ProcessResult result = run(server, "login", Map.of("ANTHROPIC_AUTH_TOKEN", ""), List.of());
        assertThat(result.stdout() + result.stderr()).contains("Not logged in");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    @DisplayName("x-should-retry: false ends the turn at once, with the answer's message")
    void noRetry() throws Exception {
        ContractServer server =
                server(request -> ContractServer.error(500, "Told by the gateway", Map.of("x-should-retry", "false")));
        ProcessResult result = run(server, "no-retry", Map.of(), List.of());
        assertThat(server.forTheModel()).hasSize(1);
        assertThat(result.stdout()).contains("Told by the gateway");
    }

    @Test
    @DisplayName("CLAUDE_CODE_MAX_RETRIES bounds what is tried after a 500")
    void retries() throws Exception {
        ContractServer server = server(request -> ContractServer.error(500, "Broken", Map.of()));
        run(server, "retries", Map.of("CLAUDE_CODE_MAX_RETRIES", "1"), List.of());
        assertThat(server.forTheModel()).hasSize(2);
    }

    @Test
    @DisplayName("env in the user's settings.json beats the process's environment")
    void settingsBeatTheEnvironment() throws Exception {
        ContractServer server = server(request -> ContractServer.text("Done."));
        ContractServer trap = server(request -> ContractServer.text("Trapped."));
        settings(userFolder("trap"), "{\"env\":{\"ANTHROPIC_BASE_URL\":\"" + trap.uri() + "\"}}");
        run(server, "trap", Map.of(), List.of());
        assertThat(server.forTheModel()).isEmpty();
        assertThat(trap.forTheModel()).hasSize(1);
    }

    @Test
    @DisplayName("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST=1 keeps address, token, model, helper and headers of the user's"
            + " and the project's settings out")
    void managedByHost() {
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(bound.forTheModel()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.header("authorization")).isEqualTo("Bearer " + TOKEN);
            assertThat(request.header("x-api-key")).isEmpty();
            assertThat(request.headers()).doesNotContainKey("x-foreign");
            assertThat(request.json().path("model").asString("")).isEqualTo("some/model");
        });
    }

    @Test
    @DisplayName("CLAUDE_CODE_PROVIDER_MANAGED_BY_HOST=1 hides the provider's key from Bash, and no other variable")
    void keyFromBash() {
        assertThat(last(bound).body())
                .contains("KATRA_PERSONA=Sam", "provider=")
                .doesNotContain(TOKEN);
    }

    @Test
    @DisplayName("MCP: server/discover first, and initialize after -32601")
    void handshake() {
        assertThat(bound.asked()).containsSubsequence("server/discover", "initialize", "tools/list", "tools/call");
    }

    @Test
    @DisplayName("MCP: ${VAR} in a header is taken from the environment")
    void mcpHeader() {
        assertThat(bound.at("/mcp")).isNotEmpty().allSatisfy(request -> assertThat(request.header("authorization"))
                .isEqualTo("Bearer token-of-the-session"));
    }

    @Test
    @DisplayName("MCP: with alwaysLoad the first request offers mcp__katra__ping, and the server's instructions")
    void alwaysLoad() {
        assertThat(offers(first(bound), "mcp__katra__ping")).isTrue();
        assertThat(first(bound).body()).contains(ContractServer.INSTRUCTIONS);
    }

    @Test
    @DisplayName("MCP: a call carries the tool use's id, and is allowed by permissions.allow mcp__katra")
    void toolUseId() {
        assertThat(calls(bound)).singleElement().satisfies(call -> assertThat(call.path("params")
                        .path("_meta")
                        .path("claudecode/toolUseId")
                        .asString(""))
                .isEqualTo("toolu_ping"));
        assertThat(last(bound).body()).contains(ContractServer.PONG);
    }

    @Test
    @DisplayName("hooks of type http come with the session's token from allowedEnvVars, and with session and prompt id")
    void httpHooks() {
        for (String event : List.of("UserPromptSubmit", "PostToolUse", "Stop", "SessionEnd")) {
            assertThat(bound.at("/hooks/" + event)).as(event).isNotEmpty().allSatisfy(request -> {
                assertThat(request.header("authorization")).isEqualTo("Bearer token-of-the-session");
                assertThat(request.json().path("session_id").asString("")).isNotEmpty();
                assertThat(request.json().path("prompt_id").asString("")).isNotEmpty();
            });
        }
    }

    @Test
    @DisplayName(
            "UserPromptSubmit has the prompt, Stop the last answer, and both the prompt's id and the working folder")
    void turn() {
        assertThat(bound.at("/hooks/UserPromptSubmit")).isNotEmpty().allSatisfy(request -> assertThat(
                        request.json().path("prompt").asString(""))
                .isEqualTo("hi"));
        assertThat(bound.at("/hooks/Stop")).isNotEmpty().allSatisfy(request -> {
            assertThat(request.json().path("last_assistant_message").asString(""))
                    .isEqualTo("Done.");
            assertThat(request.json().path("cwd").asString("")).endsWith("/bound/work");
            assertThat(request.json().path("prompt_id"))
                    .isEqualTo(bound.at("/hooks/UserPromptSubmit").get(0).json().path("prompt_id"));
        });
    }

    @Test
    @DisplayName("PreCompact and PostCompact are reported by http hooks, the first before the summary is asked for, the"
            + " second with it in compact_summary")
    void compaction() throws Exception {
        ContractServer server = server(request -> ContractServer.text("The port is 5544."));
        String conversation = UUID.randomUUID().toString();
        runBound(server, "compact", Map.of(), new LaunchConversation(conversation, false), "hi");
        runBound(server, "compact", Map.of(), new LaunchConversation(conversation, true), "/compact keep the ports");
        assertThat(server.at("/hooks/PreCompact")).singleElement().satisfies(request -> {
            assertThat(request.json().path("trigger").asString("")).isEqualTo("manual");
            assertThat(request.json().path("custom_instructions").asString("")).isEqualTo("keep the ports");
            assertThat(request.json().path("transcript_path").asString("")).endsWith(conversation + ".jsonl");
        });
        assertThat(server.at("/hooks/PostCompact")).singleElement().satisfies(request -> assertThat(
                        request.json().path("compact_summary").asString(""))
                .contains("The port is 5544."));
    }

    @Test
    @DisplayName("PostToolUse has the same tool_use_id as the MCP call")
    void hooksId() {
        assertThat(bound.at("/hooks/PostToolUse"))
                .extracting(request -> request.json().path("tool_use_id").asString(""))
                .contains("toolu_ping", "toolu_bash");
    }

    @Test
    @DisplayName(
            "the context that SessionStart (command), UserPromptSubmit and PostToolUse (http) add reaches the model")
    void context() {
        assertThat(first(bound).body()).contains("Context of the start.", "Context of the prompt.");
        assertThat(last(bound).body()).contains("Context of the tool.");
    }

    @Test
    @DisplayName("\"disableAllHooks\": false of our settings beats the project's true")
    void projectsSwitch() {
        assertThat(bound.at("/hooks/Stop")).isNotEmpty(); // its project says true
    }

    @Test
    @DisplayName("a hook with \"timeout\": 2 that hangs does not stop the turn")
    void hangingHook() throws Exception {
        ContractServer server = server(request -> ContractServer.text("Done.")).hangingAt("UserPromptSubmit");
        long begin = System.nanoTime();
        ProcessResult result = runBound(server, "hanging", Map.of());
        assertThat(result.stdout()).contains("Done.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(28));
    }

    @Test
    @DisplayName("auto mode asks the server for safeguards, and CLAUDE_CODE_AUTO_MODE_SERVER=0 does not")
    void autoMode() throws Exception {
        List<String> auto = List.of("--permission-mode", "auto");
        ContractServer asked = server(request -> ContractServer.text("Done."));
        run(asked, "auto", Map.of(), auto);
        JsonNode guard = first(asked).json().path("safeguards").path(0);
        assertThat(guard.path("type").asString("")).isEqualTo("dangerous_tool_use");
        assertThat(guard.path("classifier_context").path("permission_mode").asString(""))
                .isEqualTo("auto");
        assertThat(first(asked).header("anthropic-beta")).contains("dangerous-tool-use-2026-09-03");

        ContractServer alone = server(request -> ContractServer.text("Done."));
        run(alone, "auto-alone", Map.of("CLAUDE_CODE_AUTO_MODE_SERVER", "0"), auto);
        assertThat(first(alone).json().has("safeguards")).isFalse();
    }

    private static Answer pingThenLook(Request request) {
        String body = request.body();
        if (!offers(request, "mcp__katra__ping")) {
            return ContractServer.text("Nothing to call.");
        }
        if (!body.contains("toolu_ping")) {
            return ContractServer.call("toolu_ping", "mcp__katra__ping", "{}");
        }
        return body.contains("toolu_bash")
                ? ContractServer.text("Done.")
                : ContractServer.call("toolu_bash", "Bash", BASH);
    }

    private static boolean offers(Request request, String tool) {
        return request.json().path("tools").values().stream()
                .anyMatch(offered -> offered.path("name").asString("").equals(tool));
    }

    private static List<JsonNode> calls(ContractServer server) {
        return server.at("/mcp").stream()
                .map(Request::json)
                .filter(call -> call.path("method").asString("").equals("tools/call"))
                .toList();
    }

    private static Request first(ContractServer server) {
        assertThat(server.forTheModel()).as("requests for the model").isNotEmpty();
        return server.forTheModel().get(0);
    }

    private static Request last(ContractServer server) {
        List<Request> all = server.forTheModel();
        assertThat(all).as("requests for the model").isNotEmpty();
        return all.get(all.size() - 1);
    }

    private ContractServer server(Function<Request, Answer> model) throws IOException {
        ContractServer server = new ContractServer(model);
        servers.add(server);
        return server;
    }

    /** Runs one prompt with the client alone. */
    private ProcessResult run(ContractServer server, String name, Map<String, String> variables, List<String> options)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of(binary.toString(), "-p", "hi", "--output-format", "json"));
        argv.addAll(options);
        return run(
                server,
                name,
                variables,
                argv,
                Files.createDirectories(userFolder(name).resolve("work")));
    }

    /** Runs one prompt with the command line and the files that Katra gives a session, against everybody's settings. */
    private ProcessResult runBound(ContractServer server, String name, Map<String, String> variables)
            throws IOException {
        return runBound(
                server,
                name,
                variables,
                new LaunchConversation(UUID.randomUUID().toString(), false),
                "hi");
    }

    private ProcessResult runBound(
            ContractServer server,
            String name,
            Map<String, String> variables,
            LaunchConversation conversation,
            String prompt)
            throws IOException {
        String foreign = """
                {"env": {"ANTHROPIC_BASE_URL": "%1$s", "ANTHROPIC_AUTH_TOKEN": "foreign", "ANTHROPIC_MODEL": "foreign",
                  "ANTHROPIC_CUSTOM_HEADERS": "X-Foreign: 1"}, "apiKeyHelper": "echo foreign", "model": "foreign",
                  "disableAllHooks": true}
                """.formatted(elsewhere.uri());
        Path work = Files.createDirectories(userFolder(name).resolve("work"));
        if (!variables.isEmpty()) {
            settings(userFolder(name), foreign.replace("\"disableAllHooks\": true", "\"cleanupPeriodDays\": 30"));
            settings(work, foreign);
        }
        UserArguments user = UserArguments.parse(List.of(
                "-p", prompt, "--output-format", "json", "--settings", "{\"permissions\": {\"allow\": [\"Bash\"]}}"));
        ClaudeFiles files = ClaudeFiles.write(
                KatraHome.privateFolder(folder.resolve(name + "-session")),
                server.uri(),
                user,
                work,
                List.of(),
                Map.of());
        List<String> argv = new ClaudeArguments(
                        binary, conversation, new Briefing("Sam", "Be brief.", null), "some/model", files, user)
                .argv();
        return run(server, name, variables, argv, work);
    }

    private ProcessResult run(
            ContractServer server, String name, Map<String, String> variables, List<String> argv, Path work) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", userFolder(name).toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("ANTHROPIC_BASE_URL", server.uri().toString());
        environment.put("ANTHROPIC_AUTH_TOKEN", TOKEN);
        environment.put("KATRA_SESSION_TOKEN", "token-of-the-session");
        environment.put("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1");
        environment.put("CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL", "1");
        environment.put("DISABLE_AUTOUPDATER", "1");
        environment.put("DISABLE_TELEMETRY", "1");
        environment.put("DISABLE_ERROR_REPORTING", "1");
        environment.put("HTTP_PROXY", "http://127.0.0.1:9"); // nobody answers there
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        environment.put("NO_PROXY", "127.0.0.1,localhost");
        environment.putAll(variables);
        return new LocalProcessRunner()
                .run(ProcessCommand.of(argv, environment, work).withTimeout(Duration.ofMinutes(2)));
    }

    private Path userFolder(String name) {
        return folder.resolve(name);
    }

    private static void settings(Path where, String json) throws IOException {
        Files.writeString(Files.createDirectories(where.resolve(".claude")).resolve("settings.json"), json);
    }
}
