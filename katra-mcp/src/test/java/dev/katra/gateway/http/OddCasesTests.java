package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.error;
import static dev.katra.gateway.http.GatewayClient.readUntil;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.mcp.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens seldom, and must not leave a client without an answer or a request without an end. */
@Timeout(20)
class OddCasesTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream mock;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home, 0, Map.of("katra.gateway.largest-request", "1MB"));
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

    private GatewayClient client(String endpoint, Protocol protocol) {
        return GatewayClient.of(server, "P" + PERSONAS.incrementAndGet(), upstream(endpoint, protocol));
    }

    private GatewayClient chat() {
        return client(mock.url(), Protocol.OPENAI_CHAT);
    }

    private GatewayClient passing() {
        return client(mock.anthropicUrl(), Protocol.ANTHROPIC);
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatIsNoneIsNamed(Protocol protocol) throws Exception {
        GatewayClient client = client("http://my_server:4000/v1", protocol);
        HttpResponse<String> answer = client.post(streamed("x"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error(answer).getValue()).contains("cannot reach mock", "http://my_server:4000/v1");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 1));
    }

    @Test
    void aPathGoesThroughAsItIs() throws Exception {
        GatewayClient client = passing();
        client.send(client.request("/v1/models/a%20b%25c").GET().build());
        assertThat(mock.requests().get(0).path()).endsWith("/v1/models/a%20b%25c");
    }

    @Test
    void aRequestThatIsMuchTooLargeIsReadAndRefused() throws Exception {
        HttpResponse<String> answer = chat().post(says("x".repeat(24 * 1024 * 1024)));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aRedirectIsNotPassedThroughForTheClientToFollow() throws Exception {
        mock.reply(Answer.raw(307, "text/plain", "").header("location", "https://elsewhere.example.com/v1/messages"));
        GatewayClient client = passing();
        HttpResponse<String> answer = client.post(says("x"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.headers().firstValue("location")).isEmpty();
        assertThat(error(answer).getValue()).contains("elsewhere.example.com", "providers.conf");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 1));
    }

    @Test
    void whatAnInterruptedAnswerHasUsedIsCounted() throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).heldAfter(1, latch));
        GatewayClient client = passing();
        try (InputStream answer = client.open(streamed("hello")).body()) {
            readUntil(answer, "first");
        }
        await().untilAsserted(() ->
                assertThat(SessionTotals.of(client).usage().tokens().input()).isPositive());
    }

    @Test
    void anAnswerThatPassesThroughAndBreaksOffIsNotEndedInGoodOrder() throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).heldAfter(1, latch).cutAfter(1));
        GatewayClient client = passing();
        try (InputStream answer = client.open(streamed("hello")).body()) {
            readUntil(answer, "first");
            latch.countDown();
            assertThatThrownBy(answer::readAllBytes).isInstanceOf(IOException.class);
        }
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 1));
    }

    /** Now and then the HTTP client takes an end that comes with the head for one without any answer. */
    @RepeatedTest(25)
    void anAnswerThatPassesThroughAndBreaksOffAtItsHeadIsNotAskedForAgain() {
        mock.reply(Answer.text("first").cutAfter(0));
        assertThatThrownBy(() -> passing().post(streamed("hello"))).isInstanceOf(IOException.class);
        assertThat(mock.asked()).hasSize(1);
    }

    @RepeatedTest(25)
    void anAnswerThatBreaksOffAtItsHeadIsNotAskedForAgain() throws Exception {
        mock.reply(Answer.text("first").cutAfter(0));
        chat().post(says("hello"));
        assertThat(mock.asked()).hasSize(1);
    }

    @Test
    void aLessonThatDidNotHelpIsNotRemembered() throws Exception {
        String body = "{\"error\":{\"message\":\"tools[3]: the property effort is odd\"}}";
        mock.reply(Answer.error(400, Map.of(), body), Answer.error(400, Map.of(), body), Answer.text("fine"));
        GatewayClient client = GatewayClient.of(
                server,
                "P" + PERSONAS.incrementAndGet(),
                upstream(mock.url(), Protocol.OPENAI_RESPONSES, "", "none,low,high", ""));
        var asking = says("think");
        asking.putObject("thinking").put("type", "adaptive");
        asking.putObject("output_config").put("effort", "high");
        assertThat(client.post(asking).statusCode()).isEqualTo(400);
        assertThat(text(client.post(asking))).isEqualTo("fine");
        assertThat(mock.asked()).hasSize(3);
        assertThat(mock.asked().get(2).body().path("reasoning").path("effort").asString())
                .isEqualTo("high");
    }

    @ParameterizedTest
    @EnumSource
    void anEndpointIsAskedNotToCompress(Protocol protocol) throws Exception {
        mock.reply(Answer.text("x"));
        GatewayClient client = client(protocol == Protocol.ANTHROPIC ? mock.anthropicUrl() : mock.url(), protocol);
        client.send(client.request("/v1/messages")
                .header("Accept-Encoding", "gzip, br")
                .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                .build());
        assertThat(mock.requests().get(0).headers()).containsEntry("accept-encoding", "identity");
    }

    @Test
    void aRequestIsCountedWhenItsClientHasTheAnswer() throws Exception {
        String events = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}"
                + "\n\ndata: [DONE]\n\n";
        mock.reply(Answer.stream(events, "").heldAfter(1, latch));
        GatewayClient client = chat();
        assertThat(text(client.post(streamed("x")))).isEqualTo("all");
        await().untilAsserted(() -> SessionTotals.of(client).hasRequests(1, 0));
        await().until(() -> mock.requests().get(0).left());
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorHasAnId(Protocol protocol) throws Exception {
        GatewayClient client = client(mock.url(), protocol);
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(URI.create(server.url() + "/gateway/mock/v1/messages"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(GatewayClient.json(answer).path("request_id").asString())
                .startsWith("req_")
                .isEqualTo(GatewayClient.header(answer, "request-id"));
    }

    @Test
    void onlyTheProbeItselfNeedsNoToken() throws Exception {
        HttpResponse<String> answer = chat().send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/gateway/mock/v1/files/api/hello"))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build());
        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
