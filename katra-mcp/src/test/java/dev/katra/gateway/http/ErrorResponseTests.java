package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.error;
import static dev.katra.gateway.http.GatewayClient.header;
import static dev.katra.gateway.http.GatewayClient.json;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.Quirks;
import dev.katra.core.upstream.Upstream;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import dev.katra.mcp.RunningServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a refusal teaches, for whom, and what the client is told of the rest. */
@Timeout(60)
class ErrorResponseTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();
    private static final String WAIT = "{\"error\":{\"message\":\"Rate limit reached. Please try again in 34s.\"}}";

    @TempDir
    static Path home;

    private static RunningServer server;

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
        mock.close();
    }

    private GatewayClient client(Upstream upstream) {
        return GatewayClient.of(server, "P" + PERSONAS.incrementAndGet(), upstream);
    }

    private GatewayClient client(Protocol protocol) {
        return client(upstream(protocol == Protocol.ANTHROPIC ? mock.anthropicUrl() : mock.url(), protocol));
    }

    @ParameterizedTest
    @EnumSource
    void aWaitThatStandsInTheBodyReachesTheClient(Protocol protocol) throws Exception {
        mock.reply(
                Answer.error(429, Map.of(), WAIT),
                Answer.error(429, Map.of(), WAIT).packed("gzip"),
                Answer.error(
                        429,
                        Map.of("retry-after", "Sun, 29 Nov 2026 12:00:20 GMT", "date", "Sun, 29 Nov 2026 12:00:00 GMT"),
                        WAIT),
                Answer.error(429, Map.of("retry-after", "7"), WAIT));
        GatewayClient client = client(protocol);
        for (String seconds : List.of("34", "34", "20", "7")) {
            HttpResponse<String> answer = client.post(streamed("hello"));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(header(answer, "retry-after")).isEqualTo(seconds);
        }
    }

    @Test
    void aRefusalThatPassesThroughKeepsItsBody() throws Exception {
        mock.reply(Answer.error(429, Map.of("x-should-retry", "true"), WAIT));
        HttpResponse<String> answer = client(Protocol.ANTHROPIC).post(streamed("hello"));
        assertThat(answer.body()).isEqualTo(WAIT);
        assertThat(header(answer, "x-should-retry")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"OPENAI_CHAT, max_tokens", "OPENAI_RESPONSES, max_output_tokens"})
    void aLimitThatIsTooHighIsLoweredOnceAndStaysLower(Protocol protocol, String field) throws Exception {
        mock.answering(asked -> asked.body().path(field).asInt(0) > 3_000
                ? Answer.error(
                        400,
                        "invalid_request",
                        "max_tokens is too large: 8000. This model supports at most 3000 completion tokens.")
                : Answer.text("fine"));
        GatewayClient client = client(protocol);
        ObjectNode request = says("hello").put("max_tokens", 32_000);
        assertThat(text(client.post(request))).isEqualTo("fine");
        assertThat(text(client.post(request))).isEqualTo("fine");
        assertThat(mock.asked())
                .extracting(asked -> asked.body().path(field).asInt(0))
                .containsExactly(8_000, 3_000, 3_000);
    }

    @Test
    void aPromptAndAnAnswerThatAreCountedTogetherLeaveRoomForEachOther() throws Exception {
        mock.answering(asked -> asked.body().path("max_tokens").asInt(0) > 4_192
                ? Answer.error(
                        400,
                        "context_length_exceeded",
                        "This model's maximum context length is 8192 tokens. However, you requested 12000 tokens (4000 in the messages, 8000 in the completion). Please reduce the length of the messages or completion.")
                : Answer.text("fine"));
        GatewayClient client = client(Protocol.OPENAI_CHAT);
        ObjectNode request = says("hello").put("max_tokens", 32_000);
        assertThat(text(client.post(request))).isEqualTo("fine");
        assertThat(text(client.post(request))).isEqualTo("fine");
        assertThat(mock.asked())
                .extracting(asked -> asked.body().path("max_tokens").asInt(0))
                .containsExactly(8_000, 4_192, 4_192);
    }

    @Test
    void aPromptThatDoesNotFitWithAnyAnswerIsCompacted() throws Exception {
        mock.answering(asked -> Answer.error(
                429,
                "rate_limit_exceeded",
                "Request too large for m on tokens per min (TPM): Limit 30000, Requested 45000."));
        HttpResponse<String> answer =
                client(Protocol.OPENAI_CHAT).post(says("hello").put("max_tokens", 32_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).getValue()).startsWith("prompt is too long: 45000 tokens > 30000 maximum");
        assertThat(mock.asked()).hasSize(1);
    }

    @Test
    void reasoningThatCannotBeReadEndsTheReplayOfItsConversationOnly() throws Exception {
        mock.reply(Answer.thought("hm").andText("hi"), Answer.text("fine"), Answer.text("fine"), Answer.text("fine"));
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_RESPONSES, "", "low,high", ""));
        String own = signature(post(client, "two", says("hello")));
        assertThat(text(post(client, "one", thought(foreign(), "big")))).isEqualTo("fine");
        assertThat(text(post(client, "one", thought(foreign(), "big")))).isEqualTo("fine");
        assertThat(text(post(client, "two", thought(own, "big")))).isEqualTo("fine");
        assertThat(mock.rejections()).hasSize(1);
        assertThat(replays()).containsExactly(false, true, false, false, true);
        assertThat(mock.requests().get(4).json().path("include").toString()).contains("encrypted_content");
    }

    @Test
    void reasoningGoesBackToTheModelThatMadeItOnly() throws Exception {
        mock.reply(Answer.thought("hm").andText("hi"), Answer.text("fine"), Answer.text("fine"));
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_RESPONSES, "", "low,high", ""));
        String own = signature(post(client, "one", says("hello")));
        assertThat(text(post(client, "one", thought(own, "small")))).isEqualTo("fine");
        assertThat(text(post(client, "one", thought(own, "big")))).isEqualTo("fine");
        assertThat(replays()).containsExactly(false, false, true);
        mock.assertNothingRejected();
    }

    @Test
    void itemsThatAreNotFoundAreNotSentAgain() throws Exception {
        mock.reply(Answer.thought("hm").andText("hi"));
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_RESPONSES, "", "low,high", ""));
        String own = signature(post(client, "one", says("hello")));
        mock.answering(asked -> replays(asked.body())
                ? Answer.error(
                        404,
                        "not_found",
                        "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.")
                : Answer.text("fine"));
        assertThat(text(post(client, "one", thought(own, "big")))).isEqualTo("fine");
        assertThat(replays()).containsExactly(false, true, false);
    }

    @Test
    void aRedirectDoesNotRepeatAKey() throws Exception {
        for (Protocol protocol : Protocol.values()) {
            mock.reply(
                    Answer.error(307, Map.of("location", "https://sam:hush@elsewhere.test/v1?key=hush#hush"), ""),
                    Answer.error(307, Map.of("location", "/other?key=hush"), ""));
            GatewayClient client = client(protocol);
            String first = client.post(says("hello")).body();
            assertThat(first).contains("https://elsewhere.test/v1;").doesNotContain("hush");
            assertThat(client.post(says("hello")).body()).contains("/other;").doesNotContain("hush");
        }
    }

    private HttpResponse<String> post(GatewayClient client, String conversation, ObjectNode body) throws Exception {
        return client.send(client.request("/v1/messages")
                .setHeader("x-claude-code-session-id", conversation)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private static String signature(HttpResponse<String> answer) {
        return json(answer).path("content").path(0).path("signature").asString("");
    }

    private String foreign() {
        var maker = new Target(new ProviderEndpoint("mock", mock.url(), "MOCK_API_KEY"), "big", 1, 1, Quirks.NONE);
        return ThinkingSignature.of(new ThinkingSignature.Item(ThinkingSignature.maker(maker), "rs_9", "gAAforeign"));
    }

    private static ObjectNode thought(String signature, String model) {
        ObjectNode body = says("hello").put("model", model);
        ObjectNode answer = body.path("messages").asArray().addObject().put("role", "assistant");
        answer.putArray("content")
                .addObject()
                .put("type", "thinking")
                .put("thinking", "")
                .put("signature", signature);
        answer.path("content").asArray().addObject().put("type", "text").put("text", "hi");
        body.path("messages").asArray().addObject().put("role", "user").put("content", "and?");
        return body;
    }

    private List<Boolean> replays() {
        return mock.requests().stream().map(seen -> replays(seen.json())).toList();
    }

    private static boolean replays(JsonNode body) {
        for (JsonNode item : body.path("input")) {
            if (item.path("type").asString("").equals("reasoning")) {
                return true;
            }
        }
        return false;
    }
}
