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
import java.util.Map;
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
import tools.jackson.databind.node.ObjectNode;

/** Streams as endpoints send them that follow the format only roughly. */
@Timeout(60)
class ForeignStreamsTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();
    private static final String ANSWER =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}";

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream mock;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home, 0, Map.of("katra.gateway.silence", "4s"));
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
        return GatewayClient.of(server, "P" + PERSONAS.incrementAndGet(), upstream(mock.url(), protocol));
    }

    private GatewayClient chat() {
        return client(Protocol.OPENAI_CHAT);
    }

    @Test
    void anAnswerInOneEventWithoutItsBlankLineIsAnAnswer() throws Exception {
        mock.reply(Answer.stream(ANSWER));
        HttpResponse<String> answer = chat().post(streamed("x"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("all");
        assertThat(answer.body()).contains("message_stop");
    }

    @Test
    void aResponseInOneEventWithoutItsBlankLineIsAnAnswer() throws Exception {
        mock.reply(Answer.stream(
                "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[{\"type\":"
                        + "\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"all\"}]}]}}"));
        assertThat(text(client(Protocol.OPENAI_RESPONSES).post(streamed("x")))).isEqualTo("all");
    }

    @Test
    void anErrorWithoutItsBlankLineSaysWhatItIs() throws Exception {
        mock.reply(Answer.stream("data: {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens."
                + " However, your messages resulted in 9000 tokens.\",\"code\":\"context_length_exceeded\"}}"));
        HttpResponse<String> answer = chat().post(streamed("x"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getValue()).startsWith("prompt is too long: 9000 tokens > 8192 maximum");
    }

    @Test
    void anAnswerThatIsCompleteEndsSoonThoughItsStreamIsLeftOpen() throws Exception {
        mock.reply(Answer.stream(ANSWER + "\n\n", ": keep-alive\n\n", "").heldAfter(2, latch));
        GatewayClient client = chat();
        HttpResponse<String> answer = client.post(streamed("x"));
        assertThat(text(answer)).isEqualTo("all");
        assertThat(answer.body()).contains("message_stop").contains("\"output_tokens\":3");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0).hasTokens(12, 0, 0, 3));
        await().until(() -> mock.requests().get(0).left());
    }

    @Test
    void twoAnswersNeverHaveTheSameId() throws Exception {
        String first = ANSWER.replace("{\"choices\"", "{\"id\":\"chatcmpl-123\",\"choices\"") + "\n\ndata: [DONE]\n\n";
        mock.reply(Answer.stream(first), Answer.stream(first));
        GatewayClient client = chat();
        assertThat(id(client.post(streamed("a")))).isNotEqualTo(id(client.post(streamed("b"))));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI_CHAT, true, ''", "OPENAI_CHAT, false, ''", "OPENAI_CHAT, true, 'low,high'",
        "OPENAI_RESPONSES, true, ''", "OPENAI_RESPONSES, false, 'low,high'", "OPENAI_RESPONSES, true, 'low,high'"
    })
    void anAnswerEndsBeforeAStopSequence(Protocol protocol, boolean stream, String efforts) throws Exception {
        mock.reply(Answer.text("<block>no</block> because").piecesOf(4).taking(new Tokens(100, 0, 9, 0)));
        GatewayClient client = GatewayClient.of(
                server, "P" + PERSONAS.incrementAndGet(), upstream(mock.url(), protocol, "", efforts, ""));
        ObjectNode asking = says("x").put("stream", stream);
        asking.putArray("stop_sequences").add("</severity>").add("</block>");
        HttpResponse<String> answer = client.post(asking);
        assertThat(text(answer)).isEqualTo("<block>no");
        assertThat(answer.body())
                .contains("\"stop_reason\":\"stop_sequence\"")
                .contains("\"stop_sequence\":\"</block>\"")
                .contains("\"output_tokens\":9");
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void aModelThatGoesOnBehindAStopSequenceIsNotWaitedForLong(Protocol protocol) throws Exception {
        mock.reply(Answer.text("no END and on and on").piecesOf(8).heldAfter(1, latch));
        ObjectNode asking = streamed("x");
        asking.putArray("stop_sequences").add(" END");
        HttpResponse<String> answer = client(protocol).post(asking);
        assertThat(text(answer)).isEqualTo("no");
        assertThat(answer.body()).contains("\"stop_sequence\":\" END\"", "message_stop");
        await().until(() -> mock.requests().get(0).left());
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void anEndpointThatFallsSilentWithinItsAnswerIsAnErrorToTryAgain(Protocol protocol) throws Exception {
        mock.reply(
                Answer.text("first second").piecesOf(6).heldAfter(1, latch),
                Answer.text("x").heldAfter(0, latch));
        GatewayClient client = client(protocol);
        HttpResponse<String> answer = client.post(streamed("x"));
        assertThat(answer.body())
                .contains("first", "event: error", "timeout_error", "sent nothing more of it for 4 seconds")
                .doesNotContain("message_stop");
        HttpResponse<String> whole = client.post(says("x"));
        assertThat(whole.statusCode()).isEqualTo(504);
        assertThat(error(whole).getKey()).isEqualTo("timeout_error");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(2, 2));
    }

    @Test
    void thinkingThatNothingOpenedIsKnownFromTheNextAnswerOn() throws Exception {
        Answer said = Answer.text("Let me see.\n</think>\n\nYes.").piecesOf(4);
        mock.reply(said, said);
        GatewayClient client = chat();
        assertThat(text(client.post(streamed("a")))).isEqualTo("Let me see.\nYes.");
        HttpResponse<String> second = client.post(streamed("b"));
        assertThat(text(second)).isEqualTo("Yes.");
        assertThat(second.body()).contains("thinking_delta", "signature_delta");
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = EnumSource.Mode.EXCLUDE)
    void thinkingInMarksIsNoText(Protocol protocol) throws Exception {
        Answer said = Answer.text("<think>\nhm\n</think>\n\nYes.").piecesOf(4);
        mock.reply(said, said);
        GatewayClient client = client(protocol);
        assertThat(text(client.post(streamed("a")))).isEqualTo("Yes.");
        HttpResponse<String> whole = client.post(says("b"));
        assertThat(json(whole).path("content").path(0).path("thinking").asString())
                .isEqualTo("\nhm\n");
        assertThat(json(whole).path("content").path(1).path("text").asString()).isEqualTo("Yes.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheEndpointDoesNotTellIsEstimatedAndMarked(boolean stream) throws Exception {
        String text = "one two three four five six ".repeat(20);
        String choice =
                "{\"choices\":[{\"index\":0,\"%s\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]}";
        mock.reply(
                stream
                        ? Answer.stream("data: " + choice.formatted("delta") + "\n\ndata: [DONE]\n\n")
                        : Answer.raw(200, "application/json", choice.formatted("message")));
        GatewayClient client = chat();
        String body = client.post(says("read this ".repeat(100)).put("stream", stream))
                .body();
        assertThat(body).doesNotContain("\"output_tokens\":0");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0));
        var used = SessionTotals.of(client).usage();
        assertThat(used.tokens().input()).isBetween(200L, 400L);
        assertThat(used.tokens().output()).isBetween(100L, 200L);
        assertThat(used.requests().unreported()).isOne();
        assertThat(body)
                .contains("\"input_tokens\":" + used.tokens().input())
                .contains("\"output_tokens\":" + used.tokens().output());
    }

    @Test
    void whatAnInterruptedAnswerHasUsedIsEstimated() throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).heldAfter(1, latch));
        GatewayClient client = chat();
        try (InputStream answer = client.open(streamed("hello")).body()) {
            readUntil(answer, "first");
        }
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0));
        assertThat(SessionTotals.of(client).usage().tokens().input()).isPositive();
        assertThat(SessionTotals.of(client).usage().tokens().output()).isPositive();
        assertThat(SessionTotals.of(client).usage().requests().unreported()).isOne();
    }

    private static String id(HttpResponse<String> answer) {
        String body = answer.body();
        int start = body.indexOf("\"id\":\"msg_");
        assertThat(start).isPositive();
        return body.substring(start, body.indexOf('"', start + 8));
    }
}
