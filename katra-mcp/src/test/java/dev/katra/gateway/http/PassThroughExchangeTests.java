package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.KEY;
import static dev.katra.gateway.http.GatewayClient.error;
import static dev.katra.gateway.http.GatewayClient.header;
import static dev.katra.gateway.http.GatewayClient.readUntil;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.persona.Actor;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.usage.Usage;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.request.TokenEstimate;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.mcp.RunningServer;
import dev.katra.web.BodyBudget;
import jakarta.servlet.ServletRequestEvent;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class PassThroughExchangeTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();

    @TempDir
    static Path home;

    private static final ThinkingSignature.Item SIGNED = new ThinkingSignature.Item("openai", "rs_1", "secret");

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
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
        mock = MockUpstream.start();
        client = GatewayClient.of(
                server,
                "P" + PERSONAS.incrementAndGet(),
                upstream(mock.anthropicUrl(), Protocol.ANTHROPIC, "", "", "1/2"));
    }

    @AfterEach
    void stopMock() {
        latch.countDown();
        mock.close();
    }

    @Test
    void theRequestGoesThroughAsItIs() throws Exception {
        mock.reply(Answer.text("hello"));
        String body =
                "{ \"model\" : \"claude-x\",\"max_tokens\":5,  \"messages\":[{\"role\":\"user\",\"content\":\"ü\"}],"
                        + "\"new_field\":1}";
        HttpResponse<String> answer = client.send(client.request("/v1/messages?beta=true&x=%20y")
                .header("x-stainless-lang", "js")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        RecordedRequest seen = mock.requests().get(0);
        assertThat(seen.text()).isEqualTo(body);
        assertThat(seen.query()).isEqualTo("beta=true&x=%20y");
        assertThat(seen.headers())
                .containsEntry("authorization", "Bearer " + KEY)
                .containsEntry("anthropic-beta", "some-beta-2026-01-01")
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry("x-stainless-lang", "js")
                .doesNotContainKey("x-katra-session");
    }

    @Test
    void theAnswerComesThroughAsItIs() throws Exception {
        String events = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":"
                + "{\"input_tokens\":9,\"cache_read_input_tokens\":3,\"output_tokens\":1}}}\n\n"
                + ": odd comment\r\n\r\nevent: content_block_delta\ndata: {\"type\":\"content_block_delta\"}\n\n"
                + "event: message_delta\ndata: {\"type\":\"message_delta\",\"usage\":{\"output_tokens\":7}}\n\n";
        mock.reply(Answer.stream(events).header("anthropic-ratelimit-requests-remaining", "12"));
        HttpResponse<String> answer = client.post(streamed("hello"));
        assertThat(answer.body()).isEqualTo(events);
        assertThat(header(answer, "anthropic-ratelimit-requests-remaining")).isEqualTo("12");
        await().untilAsserted(() -> SessionTotals.of(client)
                .hasTokens(9, 3, 0, 7)
                .hasCost(9_000 + 3_000 + 14_000)
                .hasFirstToken());
    }

    @Test
    void anErrorComesThroughAsItIs() throws Exception {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded \"}}";
        mock.reply(Answer.error(529, Map.of("retry-after", "3", "x-should-retry", "true"), body));
        HttpResponse<String> answer = client.post(streamed("hello"));
        assertThat(answer.statusCode()).isEqualTo(529);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "retry-after")).isEqualTo("3");
        assertThat(header(answer, "x-should-retry")).isEqualTo("true");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 1));
    }

    @Test
    void aWholeAnswerIsCounted() throws Exception {
        mock.reply(Answer.text("hello"));
        assertThat(client.post(says("hello")).statusCode()).isEqualTo(200);
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0).hasTokens(100, 20, 0, 30));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheEndpointDoesNotTellIsEstimated(boolean stream) throws Exception {
        String words = "some words that are not counted there";
        String events = "data: {\"type\":\"message_start\",\"message\":{}}\n\n"
                + "data: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"" + words + "\"}}\n\n"
                + "data: {\"type\":\"content_block_delta\",\"delta\":{\"partial_json\":\"" + words + "\"}}\n\n"
                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\n"
                + "data: {\"type\":\"message_stop\"}\n\n";
        String whole = "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"" + words
                + "\"},{\"type\":\"tool_use\",\"input\":{\"w\":\"" + words + "\"}}]}";
        mock.reply(
                stream ? Answer.stream(events) : Answer.raw(200, "application/json", whole),
                Answer.error(500, "api_error", "broken"));
        ObjectNode body = stream ? streamed("count this") : says("count this");
        client.post(body);
        client.post(body);
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(2, 1));
        Usage usage = SessionTotals.of(client).usage();
        assertThat(usage.requests().unreported()).isEqualTo(1);
        assertThat(usage.tokens().input()).isEqualTo(TokenEstimate.of(body));
        assertThat(usage.tokens().output()).isBetween(10L, 60L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "quirk", "lesson"})
    void noTreeIsMadeThatThereIsNoRoomFor(String reason) throws Exception {
        GatewayClient asking = GatewayClient.of(
                server,
                "P" + PERSONAS.incrementAndGet(),
                upstream(
                        mock.anthropicUrl(),
                        Protocol.ANTHROPIC,
                        reason.equals("quirk") ? "no-system-turns" : "",
                        "",
                        "1/2"));
        mock.reply(
                reason.equals("lesson")
                        ? Answer.error(400, "invalid_request_error", "messages: odd")
                        : Answer.text("hello"));
        ObjectNode body = says("hello " + (reason.equals("signature") ? ThinkingSignature.of(SIGNED) : ""));
        var metadata = body.putObject("metadata").putArray("x");
        for (int i = 0; i < 30_000; i++) {
            metadata.addArray();
        }
        BodyBudget bodies = server.bean(BodyBudget.class);
        MockHttpServletRequest other = new MockHttpServletRequest();
        other.setAttribute(Actor.class.getName(), new Actor(1, "One", false, null));
        bodies.reserveForTree(
                other, "[".repeat((bodies.freeKilobytes() - 2_048) / 80 * 1_024).getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> answer = asking.post(body);

        bodies.requestDestroyed(new ServletRequestEvent(new MockServletContext(), other));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(529);
        assertThat(mock.requests()).hasSize(reason.equals("lesson") ? 1 : 0);
    }

    @Test
    void otherPathsGoThroughUncounted() throws Exception {
        client.send(client.request("/v1/models").GET().build());
        assertThat(mock.requests().get(0).path()).isEqualTo("/v1/models");
        HttpResponse<String> count = client.send(client.request("/v1/messages/count_tokens")
                .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                .build());
        assertThat(count.statusCode()).isEqualTo(200);
        assertThat(mock.requests()).hasSize(2);
        mock.reply(Answer.text("hello"));
        client.post(says("hello"));
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0));
    }

    @Test
    void theClientsProbeStaysHere() throws Exception {
        assertThat(client.send(client.request("/api/hello")
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(mock.requests()).isEmpty();
    }

    @Test
    void a38_thinkingThatWasSignedHereIsLeftOut() throws Exception {
        mock.reply(Answer.text("hello"));
        ObjectNode body = says("first");
        var messages = body.withArray("messages");
        var content = messages.addObject().put("role", "assistant").putArray("content");
        content.addObject()
                .put("type", "thinking")
                .put("thinking", "hm")
                .put("signature", ThinkingSignature.of(new ThinkingSignature.Item("openai", "rs_1", "secret")));
        content.addObject().put("type", "text").put("text", "said");
        messages.addObject().put("role", "user").put("content", "second");
        assertThat(client.post(body).statusCode()).isEqualTo(200);
        assertThat(mock.requests().get(0).text()).contains("said", "second").doesNotContain("thinking", "rs_1");
    }

    @Test
    void bytesFlowAndTheEndpointsRequestIsCancelledWithItsClient() throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).heldAfter(1, latch));
        try (InputStream answer = client.open(streamed("hello")).body()) {
            readUntil(answer, "first");
        }
        await().atMost(Duration.ofSeconds(1)).until(mock.requests().get(0)::left);
    }

    @Test
    void anEndpointThatIsNotThereIsNamed() throws Exception {
        mock.close();
        HttpResponse<String> answer = client.post(streamed("hello"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error(answer).getValue()).contains("cannot reach mock", mock.anthropicUrl());
    }
}
