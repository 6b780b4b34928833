package dev.katra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoEndpointTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REQUEST = """
            {"model":"demo-1","max_tokens":32000,%s"tools":[{"name":"Bash"}],
             "messages":[{"role":"user","content":"Bash {\\"command\\":\\"env\\"}"}]}""";

    @TempDir
    static Path home;

    static RunningServer server;
    static String token;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
        token = server.session("Demo").token();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void streamsTheEventsInTheVendorsOrder() throws Exception {
        HttpResponse<String> answer = post("/demo/v1/messages?beta=true", REQUEST.formatted("\"stream\":true,"), token);

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        List<JsonNode> events = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> JSON.readTree(line.substring(6)))
                .toList();
        assertThat(events)
                .extracting(event -> event.path("type").asString())
                .containsExactly(
                        "message_start",
                        "ping",
                        "content_block_start",
                        "content_block_delta",
                        "content_block_stop",
                        "message_delta",
                        "message_stop");
        assertThat(answer.body()
                        .lines()
                        .filter(line -> line.startsWith("event: "))
                        .map(line -> line.substring(7)))
                .containsExactlyElementsOf(events.stream()
                        .map(event -> event.path("type").asString())
                        .toList());
        assertThat(events.get(0).at("/message/model").asString()).isEqualTo("demo-1");
        assertThat(events.get(2).at("/content_block/name").asString()).isEqualTo("Bash");
        assertThat(events.get(2).at("/content_block/input").toString()).isEqualTo("{}");
        assertThat(events.get(3).at("/delta/type").asString()).isEqualTo("input_json_delta");
        assertThat(events.get(3).at("/delta/partial_json").asString()).isEqualTo("{\"command\":\"env\"}");
        assertThat(events.get(5).at("/delta/stop_reason").asString()).isEqualTo("tool_use");
        assertThat(events.get(5).at("/usage/output_tokens").asInt()).isPositive();
    }

    @Test
    void answersWholeWhenNotAskedToStream() throws Exception {
        JsonNode message = JSON.readTree(
                post("/demo/v1/messages", REQUEST.formatted(""), token).body());

        assertThat(message.at("/content/0/input/command").asString()).isEqualTo("env");
        assertThat(message.path("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(message.at("/usage/input_tokens").asInt()).isPositive();
    }

    @Test
    void countsTokens() throws Exception {
        assertThat(post("/demo/v1/messages/count_tokens?beta=true", "x".repeat(400), token)
                        .body())
                .isEqualTo("{\"input_tokens\":100}");
    }

    @Test
    void aStrangerIsRefusedInTheApisFormAndNotAskedToRetry() throws Exception {
        HttpResponse<String> answer = post("/demo/v1/messages", REQUEST.formatted(""), "wrong");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.at("/error/type").asString()).isEqualTo("authentication_error");
        assertThat(error.at("/error/message").asString()).contains("katra start");
    }

    @Test
    void onlyTheProbeIsOpen() throws Exception {
        assertThat(send(HttpRequest.newBuilder(URI.create(server.url() + "/demo/api/hello"))
                                .method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.url() + "/demo/v1/messages;/api/hello"))
                                .method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.url() + "/demo/api/hello"))
                                .GET())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aBodyThatIsNoJsonIsABadRequest() throws Exception {
        assertThat(post("/demo/v1/messages", "{bad", token).statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> post(String path, String body, String session) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-Katra-Session", session)
                .header("Authorization", "Bearer some-key")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
