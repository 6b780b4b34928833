package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.error;
import static dev.katra.gateway.http.GatewayClient.json;
import static dev.katra.gateway.http.GatewayClient.readUntil;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Tokens;
import dev.katra.mcp.RunningServer;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in another form than the one that was asked for. */
@Timeout(60)
class UnrequestedFormatTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();
    private static final String CHAT = """
            {
             "id": "c1",
             "choices": [{"index":0,"message":{"role":"assistant","content":"all at once"},"finish_reason":"stop"}]
            }""";
    private static final String RESPONSE = """
            {
            "id":"r1","object":"response","status":"completed","output":\
            [{"type":"message","content":[{"type":"output_text","text":"all at once"}]}]}""";
    private static final String CHAT_STREAM = """
            data: {"choices":[{"index":0,"delta":{"content":"all at "}}]}

            data: {"choices":[{"index":0,"delta":{"content":"once"},"finish_reason":"stop"}]}

            data: [DONE]

            """;
    private static final String RESPONSE_STREAM = """
            event: response.output_text.delta
            data: {"type":"response.output_text.delta","output_index":0,"delta":"all at once"}

            event: response.completed
            data: {"type":"response.completed","response":{"status":"completed"}}

            """;

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream mock;

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
        mock = MockUpstream.start();
    }

    @AfterEach
    void stopMock() {
        latch.countDown();
        mock.close();
    }

    private GatewayClient client(Protocol protocol) {
        return GatewayClient.of(
                server,
                "P" + PERSONAS.incrementAndGet(),
                upstream(protocol == Protocol.ANTHROPIC ? mock.anthropicUrl() : mock.url(), protocol));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_CHAT, gzip, true",
        "OPENAI_CHAT, deflate, true",
        "OPENAI_CHAT, gzip, false",
        "OPENAI_CHAT, deflate, false",
        "OPENAI_RESPONSES, gzip, true",
        "OPENAI_RESPONSES, gzip, false"
    })
    void aCompressedAnswerIsUnpacked(Protocol protocol, String encoding, boolean stream) throws Exception {
        mock.reply(Answer.text("Grüße, 世界").piecesOf(2).packed(encoding).cutInto(() -> 7));
        HttpResponse<String> answer = client(protocol).post(says("hello").put("stream", stream));
        assertThat(text(answer)).isEqualTo("Grüße, 世界");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void aCompressedStreamFlows() throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).packed("gzip").heldAfter(1, latch));
        HttpResponse<InputStream> answer = client(Protocol.OPENAI_CHAT).open(streamed("hello"));
        assertThat(readUntil(answer.body(), "first")).doesNotContain("second");
        latch.countDown();
        readUntil(answer.body(), "message_stop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void aCompressedErrorIsRead(String encoding) throws Exception {
        mock.reply(Answer.error(400, "invalid_request", "too many cooks").packed(encoding));
        assertThat(error(client(Protocol.OPENAI_CHAT).post(streamed("hello"))).getValue())
                .contains("too many cooks");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCompressionThatNobodyKnowsIsNamed(boolean stream) throws Exception {
        mock.reply(Answer.raw(200, "text/event-stream", CHAT).header("content-encoding", "br"));
        HttpResponse<String> answer =
                client(Protocol.OPENAI_CHAT).post(says("hello").put("stream", stream));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error(answer).getValue()).contains("compressed (br)");
    }

    @Test
    void aCompressedAnswerThatPassesThroughIsCounted() throws Exception {
        mock.reply(Answer.text("hello").taking(new Tokens(100, 40, 7, 0)).packed("gzip"));
        GatewayClient client = client(Protocol.ANTHROPIC);
        assertThat(client.post(streamed("hello")).headers().firstValue("content-encoding"))
                .contains("gzip");
        await().untilAsserted(() -> SessionTotals.of(client).hasTokens(60, 40, 0, 7));
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void aStreamThatWasNotAskedForIsRead(Protocol protocol) throws Exception {
        String stream = protocol == Protocol.OPENAI_CHAT ? CHAT_STREAM : RESPONSE_STREAM;
        GatewayClient client = client(protocol);
        for (String type : List.of("text/event-stream", "application/json", "text/plain")) {
            mock.reply(Answer.raw(200, type, stream));
            HttpResponse<String> answer = client.post(says("hello"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).path("content").path(0).path("text").asString(""))
                    .isEqualTo("all at once");
        }
        mock.reply(Answer.raw(200, "text/event-stream", stream.substring(0, stream.length() / 2)));
        assertThat(client.post(says("hello")).statusCode()).isEqualTo(502);
        mock.reply(Answer.raw(200, "application/json", stream));
        assertThat(text(client.post(streamed("hello")))).isEqualTo("all at once");
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void aWholeAnswerThatWasToBeAStreamIsRead(Protocol protocol) throws Exception {
        String whole = protocol == Protocol.OPENAI_CHAT ? CHAT : RESPONSE;
        GatewayClient client = client(protocol);
        for (String type : List.of("application/json", "text/plain", "text/event-stream")) {
            mock.reply(Answer.raw(200, type, "\n " + whole));
            HttpResponse<String> answer = client.post(streamed("hello"));
            assertThat(text(answer)).isEqualTo("all at once");
            assertThat(answer.body()).contains("event: message_stop");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"choices\":[]}                                                     | 502 | overloaded or filter",
                "{\"choices\":null,\"usage\":{}}                                      | 502 | overloaded or filter",
                "{\"base_resp\":{\"status_code\":1000,\"status_msg\":\"unknown\"}}    | 502 | answer · unknown",
                "{\"message\":\"no such route\"}                                      | 502 | answer · no such route",
                "{\"code\":429,\"message\":\"slow down\"}                             | 429 | slow down",
                "{\"hello\":\"world\"}                                                | 502 | not its protocol"
            })
    void aBodyWithoutAnAnswerSaysWhatItSays(String body, int status, String words) throws Exception {
        for (Protocol protocol : List.of(Protocol.OPENAI_CHAT, Protocol.OPENAI_RESPONSES)) {
            mock.reply(Answer.raw(200, "application/json", body), Answer.raw(200, "application/json", body));
            GatewayClient client = client(protocol);
            for (var asked : List.of(says("hello"), streamed("hello"))) {
                HttpResponse<String> answer = client.post(asked);
                assertThat(answer.statusCode()).isEqualTo(status);
                assertThat(error(answer).getValue()).contains(words);
            }
        }
    }
}
