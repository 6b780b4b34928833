package dev.katra.shell.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.WakePolicy;
import dev.katra.core.testing.TestStore;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.shell.channel.ChannelSecret;
import dev.katra.shell.console.Version;
import dev.katra.shell.testing.ShortFolder;
import dev.katra.shell.testing.StandIn;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutated input at everything that a server takes, wherever it runs: no fault of the server, no hang, no growth, and no
 * name of a class in an answer. {@code -Dfuzz.cases=1000000} tries so many at each, and {@code -Dfuzz.from=N} begins with
 * the one of that number; a failure names it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FuzzCases {

    private static final long FROM = Long.getLong("fuzz.from", 0);
    private static final Duration HANGS = Duration.ofSeconds(20);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What may stay of so many requests: caches, and what the tests themselves hold. */
    private static final long GROWTH = 24L * 1024 * 1024;

    private final long cases;
    private final AtomicLong taken = new AtomicLong();
    private final Map<Integer, String> refused = new ConcurrentHashMap<>();
    private final Map<String, StandIn> sessions = new HashMap<>();
    private @Nullable TestedServer server;
    private @Nullable MockUpstream endpoint;

    /** Cases that try so many at each, if nobody asks for another number. */
    FuzzCases(long cases) {
        this.cases = Long.getLong("fuzz.cases", cases);
    }

    /** Starts the server over the home in this folder. */
    abstract TestedServer server(Path folder) throws Exception;

    @BeforeAll
    void start(@TempDir(factory = ShortFolder.class) Path folder) throws Exception {
        endpoint = MockUpstream.start().answering(asked -> Answer.text("hello")).keepingNone();
        try (TestStore store = TestStore.open(folder)) {
            for (String persona : List.of("Mcp", "Newer", "Hooks")) {
                begin(store, persona, folder, null);
            }
            store.sessions().recordConnection(session("Hooks").id()); // the hook of its start waits for that
            for (Protocol protocol : Protocol.values()) {
                begin(store, protocol.externalName(), folder, upstream(protocol, endpoint));
            }
        }
        server = server(folder);
    }

    private void begin(TestStore store, String persona, Path folder, @Nullable Upstream upstream) throws IOException {
        sessions.put(persona, StandIn.begin(store, persona, folder, WakePolicy.NEVER, upstream));
    }

    private static Upstream upstream(Protocol protocol, MockUpstream endpoint) {
        return new Upstream(
                0,
                protocol == Protocol.ANTHROPIC ? endpoint.anthropicUrl() : endpoint.url(),
                protocol,
                new KeySource(KeyHeader.BEARER, "KEY"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(100_000, 8_000),
                EndpointSettings.NONE,
                false);
    }

    @AfterAll
    void stop() throws Exception {
        sessions.values().forEach(session -> session.process().destroyForcibly());
        if (server != null) {
            server.stop();
        }
        if (endpoint != null) {
            endpoint.close();
        }
    }

    private StandIn session(String persona) {
        StandIn session = sessions.get(persona);
        assertThat(session).isNotNull();
        return session;
    }

    private TestedServer server() {
        assertThat(server).isNotNull();
        return server;
    }

    @Test
    void theMcpEndpoint() throws Exception {
        String token = session("Mcp").token();
        http(
                "/mcp",
                Map.of("Authorization", "Bearer " + token, "Accept", "application/json, text/event-stream"),
                new Mutations(List.of("""
                        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
                        "capabilities":{"roots":{},"sampling":{}},"clientInfo":{"name":"a","version":"1"}}}""", """
                        {"jsonrpc":"2.0","id":"x","method":"tools/list","params":{"cursor":"c","_meta":{"progressToken":1}}}""", """
                        {"jsonrpc":"2.0","id":2,"method":"ping"}""", """
                        {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"r"}}""", """
                        {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"katra_whoami","arguments":{},\
                        "_meta":{"claudecode/toolUseId":"toolu_1"}}}""", """
                        {"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"katra_recall","arguments":\
                        {"query":"#12","limit":3,"author":"Ann","kind":"note","tags":["a","b"],"since":"2h","scope":"team"}}}""", """
                        {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"katra_remember","arguments":\
                        {"content":"c","kind":"fact","tags":["a"],"importance":3,"scope":"private"}}}""", """
                        {"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"katra_history","arguments":\
                        {"limit":3,"before":7,"with":"Ann","thread":1}}}""", """
                        {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"katra_forget","arguments":{"id":1}}}""", """
                        {"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"katra_say","arguments":\
                        {"message":"m","to":["Ann"],"reply_to":1}}}""", """
                        {"jsonrpc":"2.0","id":9,"method":"server/discover","params":{"_meta":\
                        {"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                        "io.modelcontextprotocol/clientCapabilities":{},\
                        "io.modelcontextprotocol/clientInfo":{"name":"a","version":"1"}}}}""")));
    }

    @Test
    void theNewerProtocolOfTheMcpEndpoint() throws Exception {
        String token = session("Newer").token();
        http(
                "/mcp",
                Map.of(
                        "Authorization", "Bearer " + token,
                        "Accept", "application/json, text/event-stream",
                        "MCP-Protocol-Version", "2026-07-28",
                        "Mcp-Method", "tools/call",
                        "Mcp-Name", "katra_recent"),
                new Mutations(List.of("""
                        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"katra_recent",\
                        "arguments":{"limit":2,"tags":["a"],"since":"2h"},"_meta":{\
                        "io.modelcontextprotocol/protocolVersion":"2026-07-28","progressToken":1,\
                        "io.modelcontextprotocol/clientCapabilities":{"elicitation":{"form":{}}},\
                        "io.modelcontextprotocol/clientInfo":{"name":"a","version":"1"}},"inputResponses":{"a":{}},\
                        "requestState":"s"}}""")));
    }

    @Test
    void theHooks() throws Exception {
        String token = session("Hooks").token();
        Mutations events = new Mutations(List.of("""
                {"session_id":"s","prompt_id":"p","hook_event_name":"UserPromptSubmit","prompt":"go on"}""", """
                {"session_id":"s","hook_event_name":"PostToolUse","tool_use_id":"toolu_1",\
                "tool_name":"mcp__katra__katra_hear","tool_input":{"a":1},"tool_response":[{"type":"text","text":"t"}]}""", """
                {"hook_event_name":"StopFailure","error":"unknown","last_assistant_message":"API Error: 401"}""", """
                {"hook_event_name":"Notification","notification_type":"permission_prompt","message":"m"}""", """
                {"session_id":"s","hook_event_name":"SessionStart","source":"startup","cwd":"/tmp","model":"m"}"""));
        for (String name : List.of("UserPromptSubmit", "PostToolUse", "StopFailure", "Notification", "SessionStart")) {
            http("/hooks/" + name, Map.of("Authorization", "Bearer " + token), events, cases / 5);
        }
    }

    @Test
    void theGateway() throws Exception {
        for (Protocol protocol : Protocol.values()) {
            String token = session(protocol.externalName()).token();
            http(
                    "/gateway/demo/v1/messages?beta=true",
                    Map.of("X-Katra-Session", token, "Authorization", "Bearer key", "anthropic-version", "2023-06-01"),
                    new Mutations(List.of("""
                            {"model":"big","max_tokens":1000,"stream":true,"temperature":0.5,"stop_sequences":["a"],\
                            "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],\
                            "messages":[{"role":"user","content":"hello"}],"metadata":{"user_id":"u"}}""", """
                            {"model":"big","max_tokens":1000,"thinking":{"type":"enabled","budget_tokens":1024},\
                            "tools":[{"name":"t","description":"d","input_schema":{"type":"object","properties":\
                            {"a":{"type":"string"}}}}],"tool_choice":{"type":"auto"},"messages":[\
                            {"role":"user","content":[{"type":"text","text":"a"}]},\
                            {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"t","input":{"a":"b"}}]},\
                            {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"c"}]}]}""")),
                    cases / Protocol.values().length);
        }
    }

    @Test
    void thePrivateSocket() throws Exception {
        String secret = ChannelSecret.of(server().home());
        String command = String.join(
                "\0", Version.current(), secret, "/tmp", "000", "listed", "none", "1", "who", "HOME=/tmp", "", "");
        Mutations requests = new Mutations(List.of(
                "GET /status HTTP/1.1\r\nHost: katra\r\nX-Katra-Secret: " + secret + "\r\n\r\n",
                "POST /run HTTP/1.1\r\nHost: katra\r\nContent-Length: " + command.length() + "\r\n\r\n" + command
                        + "GET /more HTTP/1.1\r\n\r\n",
                "POST /run HTTP/1.1\r\nContent-Length: 40\r\n\r\n0.1.0\0" + secret.substring(0, 8)
                        + "\0/tmp\000000\0part\0none\0001\0who\0"));
        judge(requests, number -> {
            String text = new String(
                    RawHttp.exchange(server().home().socket(), requests.text(number)), StandardCharsets.UTF_8);
            return new Answered(text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 444, text);
        });
    }

    /** What became of a case. */
    record Answered(int status, String text) {}

    /** Tries the case of a number. */
    @FunctionalInterface
    interface Attempt {

        Answered at(long number) throws Exception;
    }

    private void http(String path, Map<String, String> headers, Mutations bodies) throws Exception {
        http(path, headers, bodies, cases);
    }

    private void http(String path, Map<String, String> headers, Mutations bodies, long cases) throws Exception {
        judge(bodies, cases, number -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(server().uri().resolve(path))
                    .timeout(HANGS)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(bodies.text(number)));
            headers.forEach(request::header);
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answered(answer.statusCode(), answer.body());
        });
    }

    /** Tries all cases, and looks at every answer and at what the server holds after them. */
    void judge(Mutations mutations, Attempt attempt) throws Exception {
        judge(mutations, cases, attempt);
    }

    private void judge(Mutations mutations, long cases, Attempt attempt) throws Exception {
        taken.set(0);
        refused.clear();
        long warm = Math.min(200, cases / 4);
        all(mutations, FROM, FROM + warm, attempt);
        long before = server().heldBytes();
        all(mutations, FROM + warm, FROM + cases, attempt);
        assertThat(server().heldBytes() - before).as("bytes more than before").isLessThan(GROWTH);
        assertThat(taken.get())
                .as("taken all the same, others were answered %s", refused)
                .isPositive();
    }

    @AfterEach
    void nothingFailedInside() throws Exception {
        try (var log = Files.lines(server().home().serverLog())) {
            assertThat(log.filter(line -> line.contains(" ERROR "))).isEmpty();
        }
    }

    private void all(Mutations mutations, long from, long to, Attempt attempt) {
        LongStream.range(from, to).parallel().forEach(number -> {
            Answered answered;
            try {
                answered = attempt.at(number);
            } catch (Exception | StackOverflowError e) {
                throw new AssertionError("case " + number + ": " + shown(mutations, number), e);
            }
            if (answered.status() < 300) {
                taken.incrementAndGet();
            } else {
                refused.putIfAbsent(answered.status(), answered.text());
            }
            assertThat(answered.status())
                    .as(() -> "case " + number + ": " + shown(mutations, number) + "\n" + answered.text())
                    .isLessThan(500);
            assertThat(answered.text())
                    .as(() -> "case " + number + ": " + shown(mutations, number))
                    .doesNotContain("java.", "dev.katra", "Exception", "modelcontextprotocol.", "tools.jackson");
        });
    }

    private static String shown(Mutations mutations, long number) {
        return new String(mutations.text(number), StandardCharsets.UTF_8);
    }
}
