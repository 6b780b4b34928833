package dev.katra.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Who gets in, and what the MCP endpoint answers on the wire. */
class McpEndpointTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}";

    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private static final String WHOAMI = """
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"katra_whoami","arguments":{}}}""";

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aClientThatHasTheToolsIsConnected() {
        ClaimedSession session = server.session("Handshake");
        SessionService sessions = server.bean(SessionService.class);
        assertThat(sessions.find(session.session().id())
                        .orElseThrow()
                        .lifetime()
                        .connectedAt())
                .isNull();

        try (TestClient client = TestClient.connect(server, session.token())) {
            assertThat(client.mcp().getServerInfo().name()).isEqualTo("katra");
            assertThat(client.mcp().getServerInstructions()).contains("katra_hear");
            client.mcp().listTools();
        }

        assertThat(sessions.find(session.session().id()).orElseThrow()).satisfies(after -> {
            assertThat(after.lifetime().connectedAt()).isNotNull();
            assertThat(after.progress().state()).isEqualTo(SessionState.IDLE);
        });
    }

    @Test
    void theDefinitionsStayAsTheyAreAndSmall() throws IOException {
        try (TestClient client = TestClient.of(server, "List")) {
            List<McpSchema.Tool> tools = client.mcp().listTools().tools();
            JsonMapper json = JsonMapper.builder().build();
            assertThat(json.writeValueAsString(tools))
                    .as("every session pays for these, but for the hints, which the model does not see")
                    .hasSizeLessThan(5050);

            String lines = tools.stream()
                    .map(tool -> json.writeValueAsString(tool) + "\n")
                    .collect(Collectors.joining());
            Path golden = Path.of("src/test/resources/golden/tools-list.jsonl");
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.writeString(golden, lines);
            }
            assertThat(lines).isEqualTo(Files.readString(golden));
        }
    }

    @Test
    void aStrangerIsRefusedWithoutDetail() throws Exception {
        for (String authorization : List.of("", "Bearer", "Bearer ", "Bearer wrong", "Basic eDp5")) {
            HttpResponse<String> answer = post("/mcp", LIST, "Authorization", authorization);
            assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
            assertThat(answer.body())
                    .isEqualTo(
                            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"Unauthorized\"}}");
        }
        assertThatThrownBy(() -> TestClient.connect(server, "wrong")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void anEndedSessionIsAStranger() throws Exception {
        ClaimedSession session = server.session("Ended");
        assertThat(post("/mcp", LIST, "Authorization", "Bearer " + session.token())
                        .statusCode())
                .isEqualTo(200);
        server.bean(SessionService.class).end(session.session().id(), "test");
        assertThat(post("/mcp", LIST, "Authorization", "Bearer " + session.token())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void thereIsNoMcpSessionThatAnotherCouldUseOrEnd() throws Exception {
        HttpResponse<String> opened = post("/mcp", INITIALIZE, "Authorization", bearer("Opener"));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(opened.body()).doesNotContain("logging");

        HttpRequest end = request("/mcp", "Authorization", bearer("Stranger"), "Mcp-Session-Id", "any")
                .DELETE()
                .build();
        assertThat(HTTP.send(end, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(post("/mcp", WHOAMI, "Authorization", bearer("Borrower"), "Mcp-Session-Id", "any")
                        .body())
                .as("the token decides who acts")
                .contains("\"persona\":\"Borrower\"");
    }

    @Test
    void theNewerProtocolIsServedToo() throws Exception {
        String bearer = bearer("Newer");
        HttpResponse<String> discovered = modern(bearer, "server/discover", null, "");
        assertThat(discovered.statusCode()).as(discovered.body()).isEqualTo(200);
        assertThat(discovered.body()).contains("2026-07-28", "katra_hear").doesNotContain("logging");
        HttpResponse<String> listed = modern(bearer, "tools/list", null, "");
        assertThat(listed.body()).contains("katra_say");
        HttpResponse<String> called =
                modern(bearer, "tools/call", "katra_whoami", ",\"name\":\"katra_whoami\",\"arguments\":{}");
        assertThat(called.statusCode()).as(called.body()).isEqualTo(200);
        assertThat(called.body()).contains("\"persona\":\"Newer\"").contains("structuredContent");
    }

    private static HttpResponse<String> modern(String bearer, String method, @Nullable String name, String params)
            throws Exception {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method
                + "\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{},"
                + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}" + params + "}}";
        List<String> headers = new ArrayList<>(
                List.of("Authorization", bearer, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method));
        if (name != null) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return post("/mcp", body, headers.toArray(String[]::new));
    }

    @Test
    void whatIsNoMessageOrHasTheWrongParamsIsSaidInJsonRpc() throws Exception {
        String bearer = bearer("Wrong");
        for (String body : List.of(
                "[]",
                "null",
                "{}",
                "{\"jsonrpc\":\"2.0\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":[]"),
                WHOAMI.replace("\"arguments\":{}", "\"arguments\":[]"),
                WHOAMI.replace("\"katra_whoami\"", "{}"),
                WHOAMI.replace("\"params\"", "\"no params\""),
                INITIALIZE.replace("\"params\"", "\"no params\""),
                WHOAMI.replace("\"name\"", "\"no name\""),
                "[".repeat(5000))) {
            HttpResponse<String> answer = post("/mcp", body, "Authorization", bearer);
            assertThat(answer.statusCode()).as(body).isIn(200, 400);
            assertThat(answer.body())
                    .as(body)
                    .contains("\"error\":{\"code\":-32")
                    .doesNotContain("-32603", "Exception", "java.", "modelcontextprotocol");
        }
    }

    @Test
    void malformedAndOversizedBodiesAreRefusedInFewWords() throws Exception {
        String bearer = bearer("Malformed");
        HttpResponse<String> malformed = post("/mcp", "{\"jsonrpc\":", "Authorization", bearer);
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(malformed.body()).doesNotContain("stackTrace", "Exception");

        HttpResponse<String> large = post("/mcp", " ".repeat(4 * 1024 * 1024 + 1), "Authorization", bearer);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void thereIsNoStreamFromServerToClient() throws Exception {
        HttpRequest get = request("/mcp", "Authorization", bearer("Stream"), "Accept", "text/event-stream")
                .GET()
                .build();
        HttpResponse<String> answer = HTTP.send(get, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void aForeignHostIsMisdirected() throws Exception {
        String port = ":" + server.port();
        for (String host :
                List.of("evil.example" + port, "127.0.0.1", "localhost:1", "127.0.0.1.evil.example" + port)) {
            assertThat(statusFor("/health", "Host: " + host)).as(host).isEqualTo(421);
        }
        for (String host : List.of("127.0.0.1" + port, "LOCALHOST" + port, "[::1]" + port)) {
            assertThat(statusFor("/health", "Host: " + host)).as(host).isEqualTo(200);
        }
    }

    @Test
    void aForeignOriginIsForbidden() throws Exception {
        for (String origin :
                List.of("http://evil.example", "null", "https://127.0.0.1:" + server.port(), "http://127.0.0.1:1")) {
            HttpRequest get = request("/health", "Origin", origin).GET().build();
            assertThat(HTTP.send(get, BodyHandlers.ofString()).statusCode())
                    .as(origin)
                    .isEqualTo(403);
        }
        HttpRequest own = request("/health", "Origin", "http://127.0.0.1:" + server.port())
                .GET()
                .build();
        assertThat(HTTP.send(own, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    @Test
    void healthIsOpenAndProvesNothing() throws Exception {
        HttpResponse<String> answer = HTTP.send(request("/health").GET().build(), BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"status\":\"up\"}");
        assertThat(HTTP.send(request("/nothing").GET().build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("{\"error\":\"Not Found\"}");
    }

    private static String bearer(String persona) {
        return "Bearer " + server.session(persona).token();
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        String[] all = Stream.concat(
                        Stream.of("Content-Type", "application/json", "Accept", "application/json, text/event-stream"),
                        Stream.of(headers))
                .toArray(String[]::new);
        return HTTP.send(request(path, all).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(server.url() + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    /** The JDK's client does not let us choose the Host. */
    private static int statusFor(String path, String header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
