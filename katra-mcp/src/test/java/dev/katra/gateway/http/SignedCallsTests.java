package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.json;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.Rule;
import dev.katra.gateway.mock.Vendor;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.mcp.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class SignedCallsTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();

    @TempDir
    static Path home;

    private static RunningServer server;

    private MockUpstream mock;
    private GatewayClient client;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startMock() {
        mock = MockUpstream.start(Vendor.ANY.with(Rule.THOUGHT_SIGNATURE));
        client = GatewayClient.of(server, "S" + PERSONAS.incrementAndGet(), upstream(mock.url(), Protocol.OPENAI_CHAT));
    }

    @AfterEach
    void stopMock() {
        mock.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsGoBackWithTheirSignatures(boolean stream) throws Exception {
        mock.reply(
                Answer.tools(Part.Call.of("Read", "{\"f\":1}"), Part.Call.of("Read", "{\"f\":2}")),
                Answer.tool("Read", "{\"f\":3}"),
                Answer.text("read"));
        ObjectNode body = stream ? streamed("read") : says("read");
        for (int calls = 2; calls > 0; calls--) {
            HttpResponse<String> answer = client.post(body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode message = stream ? ReceivedStream.of(answer.body()).message() : json(answer);
            assertThat(answered(body, message)).isEqualTo(calls);
        }
        assertThat(text(client.post(body))).isEqualTo("read");
        mock.assertNothingRejected();
    }

    @Test
    void learnsThatCallsOfAnotherModelNeedASignature() throws Exception {
        mock.answering(asked -> Answer.text("fine"));
        ObjectNode body = streamed("go on");
        body.set("messages", Json.of("""
                [{role:'user',content:'read'},
                 {role:'assistant',content:[{type:'tool_use',id:'a',name:'Read',input:{}}]},
                 {role:'user',content:[{type:'tool_result',tool_use_id:'a',content:'x'}]}]"""));
        assertThat(text(client.post(body))).isEqualTo("fine");
        assertThat(text(client.post(body))).isEqualTo("fine");
        assertThat(mock.rejections()).hasSize(1);
    }

    /** Adds the answer and a result for each of its calls; gives how many there were. */
    private static int answered(ObjectNode body, JsonNode message) {
        ArrayNode messages = body.withArray("messages");
        messages.addObject().put("role", "assistant").set("content", message.path("content"));
        ArrayNode results = messages.addObject().put("role", "user").putArray("content");
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                ObjectNode result =
                        results.addObject().put("type", "tool_result").put("content", "x");
                result.set("tool_use_id", block.path("id"));
            }
        }
        return results.size();
    }
}
