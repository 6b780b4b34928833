package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.KEY;
import static dev.katra.gateway.http.GatewayClient.error;
import static dev.katra.gateway.http.GatewayClient.header;
import static dev.katra.gateway.http.GatewayClient.json;
import static dev.katra.gateway.http.GatewayClient.readUntil;
import static dev.katra.gateway.http.GatewayClient.says;
import static dev.katra.gateway.http.GatewayClient.streamed;
import static dev.katra.gateway.http.GatewayClient.text;
import static dev.katra.gateway.http.GatewayClient.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Tokens;
import dev.katra.gateway.mock.Vendor;
import dev.katra.mcp.RunningServer;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayTests {

    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final AtomicInteger PERSONAS = new AtomicInteger();

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream mock;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                home,
                0,
                Map.of(
                        "katra.gateway.ping", "300ms",
                        "katra.gateway.largest-request", "1MB",
                        "katra.gateway.connect", "2s",
                        "katra.gateway.answer", "20s"));
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

    private GatewayClient client(Upstream upstream) {
        return GatewayClient.of(server, "P" + PERSONAS.incrementAndGet(), upstream);
    }

    private GatewayClient client(Protocol protocol) {
        return client(upstream(mock.url(), protocol));
    }

    private GatewayClient chat() {
        return client(Protocol.OPENAI_CHAT);
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = Mode.EXCLUDE)
    void translatesAStream(Protocol protocol) throws Exception {
        mock.reply(Answer.text("Grüße, 世界").piecesOf(3).taking(new Tokens(100, 40, 7, 0)));
        HttpResponse<String> answer = client(protocol).post(streamed("hello"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-type")).startsWith("text/event-stream");
        assertThat(header(answer, "request-id")).startsWith("req_");
        assertThat(text(answer)).isEqualTo("Grüße, 世界");
        assertThat(answer.body())
                .startsWith("event: message_start\n")
                .contains("\"model\":\"big\"")
                .contains("\"stop_reason\":\"end_turn\"")
                .contains("\"input_tokens\":60,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":40,"
                        + "\"output_tokens\":7")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
        mock.assertNothingRejected();
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = Mode.EXCLUDE)
    void translatesAWholeAnswer(Protocol protocol) throws Exception {
        mock.reply(Answer.text("I look").with(Part.Call.with("Read", "file_path", "/a")));
        HttpResponse<String> answer = client(protocol).post(says("hello"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("stop_reason").asString()).isEqualTo("tool_use");
        assertThat(json(answer)
                        .path("content")
                        .path(1)
                        .path("input")
                        .path("file_path")
                        .asString())
                .isEqualTo("/a");
        mock.assertNothingRejected();
    }

    @Test
    void answersAsAStreamEvenIfTheEndpointDoesNot() throws Exception {
        mock.reply(
                Answer.raw(
                        200,
                        "application/json",
                        "{\"id\":\"c1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"all at"
                                + " once\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"));
        HttpResponse<String> answer = chat().post(streamed("hello"));
        assertThat(text(answer)).isEqualTo("all at once");
        assertThat(answer.body()).contains("event: message_stop");
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = Mode.EXCLUDE)
    void sendsBytesOnAsTheyCome(Protocol protocol) throws Exception {
        mock.reply(Answer.text("first second").piecesOf(6).heldAfter(1, latch));
        HttpResponse<InputStream> answer = client(protocol).open(streamed("hello"));
        String early = readUntil(answer.body(), "first");
        assertThat(early).doesNotContain("second");
        latch.countDown();
        readUntil(answer.body(), "message_stop");
    }

    @ParameterizedTest
    @EnumSource(names = "ANTHROPIC", mode = Mode.EXCLUDE)
    void pingsWhileTheEndpointIsSilent(Protocol protocol) throws Exception {
        mock.reply(Answer.text("late").heldAfter(0, latch));
        HttpResponse<InputStream> answer = client(protocol).open(streamed("hello"));
        readUntil(answer.body(), "event: ping");
        readUntil(answer.body(), "event: ping");
        readUntil(answer.body(), "event: ping");
        latch.countDown();
        assertThat(readUntil(answer.body(), "message_stop")).contains("late");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelsTheEndpointsRequestWhenItsClientLeavesBeforeTheAnswer(boolean stream) throws Exception {
        mock.reply(Answer.text("x").held(latch));
        GatewayClient client = chat();
        CompletableFuture<?> asking = client.http()
                .sendAsync(
                        client.request("/v1/messages")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        says("hello").put("stream", stream).toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        await().until(() -> !mock.requests().isEmpty());
        asking.cancel(true);
        await().atMost(A_SECOND).until(mock.requests().get(0)::left);
    }

    @Test
    void cancelsTheEndpointsRequestWhenItsClientLeavesInTheMiddle() throws Exception {
        mock.reply(Answer.text("xyz").piecesOf(1).heldAfter(1, latch));
        try (InputStream answer = chat().open(streamed("hello")).body()) {
            readUntil(answer, "\"x\"");
        }
        await().atMost(A_SECOND).until(mock.requests().get(0)::left);
    }

    @Test
    void tellsABrokenStreamAsAnError() throws Exception {
        mock.reply(
                Answer.text("half of it").piecesOf(4).cutAfter(1),
                Answer.text("half of it").piecesOf(4).endAfter(1),
                Answer.text("half of it").piecesOf(4).failAfter(1, 500, "server_error", "it broke"));
        GatewayClient client = chat();
        for (String reason : List.of("closed the stream", "closed the stream", "it broke")) {
            HttpResponse<String> answer = client.post(streamed("hello"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("half", "event: error\n", reason)
                    .doesNotContain("message_stop", "message_delta");
        }
    }

    @Test
    void aStreamThatFailsBeforeItBeginsIsAnErrorStatus() throws Exception {
        mock.reply(
                Answer.text("x").failAfter(0, 429, "rate_limit_exceeded", "slow down"),
                Answer.empty("text/event-stream"),
                Answer.stream("<html>hello</html>"));
        GatewayClient client = chat();
        assertThat(client.post(streamed("a")).statusCode()).isEqualTo(429);
        HttpResponse<String> empty = client.post(streamed("b"));
        assertThat(empty.statusCode()).isEqualTo(502);
        assertThat(error(empty).getValue()).contains("mock", mock.url(), "nothing");
        assertThat(error(client.post(streamed("c"))).getValue()).contains("web page");
    }

    @Test
    void refusesWhoIsNoSessionBeforeAnythingIsSentOn() throws Exception {
        GatewayClient client = chat();
        HttpResponse<String> answer = client.send(client.request("/v1/messages")
                .setHeader("X-Katra-Session", "wrong")
                .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        assertThat(error(answer).getKey()).isEqualTo("authentication_error");
        assertThat(mock.requests()).isEmpty();
    }

    @Test
    void answersTheClientsProbeWithoutAToken() throws Exception {
        GatewayClient client = chat();
        HttpRequest.Builder probe =
                HttpRequest.newBuilder(java.net.URI.create(server.url() + "/gateway/mock/api/hello"));
        assertThat(client.send(probe.method("HEAD", HttpRequest.BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.send(probe.GET().build()).statusCode()).isEqualTo(401);
        assertThat(client.send(client.request("/api/hello").GET().build()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysWhereASessionBelongs() throws Exception {
        GatewayClient client = chat();
        HttpRequest other = HttpRequest.newBuilder(java.net.URI.create(server.url() + "/gateway/groq/v1/messages"))
                .header("X-Katra-Session", client.session().token())
                .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                .build();
        HttpResponse<String> answer = client.send(other);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).getValue()).contains("started on mock, not on groq");
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        HttpResponse<String> direct = client.send(HttpRequest.newBuilder(other.uri())
                .header(
                        "X-Katra-Session",
                        server.session("P" + PERSONAS.incrementAndGet()).token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(error(direct).getValue()).contains("--route gateway");
    }

    @Test
    void answersEverythingElseWithAnEnvelope() throws Exception {
        GatewayClient client = chat();
        HttpResponse<String> answer =
                client.send(client.request("/v1/files").GET().build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer))
                .isEqualTo(Map.entry("not_found_error", "the gateway to mock has nothing at GET /v1/files"));
        assertThat(client.send(client.request("/api/event_logging/batch")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsTokensAndListsModels() throws Exception {
        GatewayClient client = chat();
        HttpResponse<String> count = client.send(client.request("/v1/messages/count_tokens")
                .POST(HttpRequest.BodyPublishers.ofString(
                        says("one two three".repeat(100)).toString()))
                .build());
        assertThat(json(count).path("input_tokens").asInt()).isBetween(250, 500);
        HttpResponse<String> models =
                client.send(client.request("/v1/models?limit=1000").GET().build());
        assertThat(json(models).path("data").findValuesAsString("id"))
                .containsExactly("claude-mock-big", "claude-mock-small");
        assertThat(mock.requests()).isEmpty();
    }

    @Test
    void asksTheModelThatANameStandsFor() throws Exception {
        GatewayClient client = chat();
        Map<String, String> names = Map.of(
                "big[1m]", "big",
                "claude-mock-other", "other",
                "claude-haiku-5-5", "small",
                "claude-opus-5-5", "big",
                "unheard-of", "unheard-of");
        for (Map.Entry<String, String> name : names.entrySet()) {
            mock.reply(Answer.text("x"));
            HttpResponse<String> answer = client.post(says("x").put("model", name.getKey()));
            assertThat(json(answer).path("model").asString()).isEqualTo(name.getKey());
            assertThat(mock.asked().get(mock.asked().size() - 1).model()).isEqualTo(name.getValue());
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        GatewayClient client = chat();
        HttpResponse<String> large = client.post(says("x".repeat(1024 * 1024)));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(error(large).getKey()).isEqualTo("request_too_large");
        assertThat(error(large).getValue()).contains("1 MB", "katra.gateway.largest-request");
        for (String body : List.of("", "not json", "[1]", "{\"model\":")) {
            HttpResponse<String> answer = client.send(client.request("/v1/messages")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(error(answer).getKey()).isEqualTo("invalid_request_error");
            assertThat(error(answer).getValue()).contains("mock", mock.url());
        }
        assertThat(mock.requests()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAnEndpoint() throws Exception {
        mock.reply(
                Answer.html(200, "<!DOCTYPE html><p>welcome"),
                Answer.html(502, "<html>bad gateway"),
                Answer.empty("application/json"),
                Answer.raw(200, "application/json", "{\"hello\":1}"),
                Answer.raw(200, "text/plain", "ok"));
        GatewayClient client = chat();
        for (String what : List.of("web page", "out of order", "nothing", "not its protocol", "not its protocol")) {
            HttpResponse<String> answer = client.post(says("x"));
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(error(answer).getKey()).isEqualTo("api_error");
            assertThat(error(answer).getValue()).contains("mock", mock.url(), what);
            assertThat(error(answer).getValue().contains("providers.conf")).isNotEqualTo(what.equals("out of order"));
        }
    }

    @Test
    void saysThatAnEndpointIsNotThere() throws Exception {
        MockUpstream gone = MockUpstream.start();
        gone.close();
        HttpResponse<String> refused =
                client(upstream(gone.url(), Protocol.OPENAI_CHAT)).post(streamed("x"));
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(error(refused).getValue()).contains("cannot reach mock", gone.url());
        HttpResponse<String> unknown = client(upstream("http://no-such-host.invalid/v1", Protocol.OPENAI_CHAT))
                .post(streamed("x"));
        assertThat(error(unknown).getValue()).contains("cannot reach mock", "no-such-host.invalid");
        HttpResponse<String> noTls = client(upstream(mock.url().replace("http:", "https:"), Protocol.OPENAI_CHAT))
                .post(streamed("x"));
        assertThat(noTls.statusCode()).isEqualTo(502);
        assertThat(error(noTls).getValue()).contains("no trusted connection to mock", "https://");
        HttpResponse<String> wrongPath =
                client(upstream(mock.url() + "/nowhere", Protocol.OPENAI_CHAT)).post(streamed("x"));
        assertThat(wrongPath.statusCode()).isEqualTo(404);
        assertThat(error(wrongPath).getValue()).contains("/nowhere");
    }

    @Test
    void doesNotTakeTheKeyToAnotherAddress() throws Exception {
        MockUpstream other = MockUpstream.start();
        mock.reply(Answer.raw(307, "text/plain", "").header("location", other.url() + "/chat/completions"));
        HttpResponse<String> answer = chat().post(says("x"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(error(answer).getValue()).contains(other.url(), "providers.conf");
        assertThat(other.requests()).isEmpty();
        other.close();
    }

    @Test
    void keepsTheKeyOutOfWhatTheEndpointSays() throws Exception {
        String odd = "0123abcd!wholly-unusual";
        mock.reply(Answer.error(401, "invalid_api_key", "Incorrect API key provided: " + odd + "."));
        GatewayClient client = chat();
        HttpResponse<String> answer = client.send(client.request("/v1/messages")
                .setHeader("Authorization", "Bearer " + odd)
                .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        assertThat(error(answer).getValue()).contains("MOCK_API_KEY").doesNotContain(odd);
    }

    @Test
    void tellsTheClientWhenToTryAgain() throws Exception {
        mock.reply(Answer.rateLimit(7));
        HttpResponse<String> answer = chat().post(streamed("x"));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(header(answer, "retry-after")).isEqualTo("7");
        assertThat(error(answer).getKey()).isEqualTo("rate_limit_error");
    }

    @ParameterizedTest
    @EnumSource
    void showsTheKeyWhereTheEndpointWantsIt(KeyHeader header) throws Exception {
        mock.reply(Answer.text("x"));
        Upstream plain = upstream(mock.url(), Protocol.OPENAI_CHAT);
        GatewayClient client = client(new Upstream(
                0,
                plain.endpoint(),
                plain.protocol(),
                new KeySource(header, "K"),
                new EndpointModels("big", null, null, null),
                new TokenLimits(0, 0),
                EndpointSettings.NONE,
                false));
        assertThat(client.post(says("x")).statusCode()).isEqualTo(200);
        RecordedRequest seen = mock.requests().get(0);
        Map<String, String> expected =
                switch (header) {
                    case BEARER -> Map.of("authorization", "Bearer " + KEY);
                    case API_KEY -> Map.of("api-key", KEY);
                    case X_API_KEY -> Map.of("x-api-key", KEY);
                    case NONE -> Map.of();
                };
        assertThat(seen.headers()).containsAllEntriesOf(expected);
        assertThat(seen.headers().values().stream().filter(value -> value.contains(KEY)))
                .hasSize(expected.size());
    }

    @Test
    void a04_theClientsOwnHeadersStayHere() throws Exception {
        mock.reply(Answer.text("x"));
        chat().post(says("x"));
        assertThat(mock.requests().get(0).headers().keySet())
                .doesNotContain("anthropic-beta", "anthropic-version", "x-katra-session", "x-claude-code-session-id");
    }

    @Test
    void saysThatNoKeyCame() throws Exception {
        GatewayClient client = chat();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(java.net.URI.create(server.url() + "/gateway/mock/v1/messages"))
                        .header("X-Katra-Session", client.session().token())
                        .POST(HttpRequest.BodyPublishers.ofString(says("x").toString()))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).getValue()).contains("MOCK_API_KEY");
        assertThat(header(answer, "x-should-retry")).isEqualTo("false");
        assertThat(mock.requests()).isEmpty();
    }

    @Test
    void learnsFromARefusalAndRemembers() throws Exception {
        mock.vendor(Vendor.ANY.withEfforts("low", "medium"));
        mock.answering(asked -> Answer.text("fine"));
        GatewayClient client = client(upstream(mock.url(), Protocol.OPENAI_RESPONSES, "", "none,low,high", ""));
        var body = streamed("think");
        body.putObject("thinking").put("type", "adaptive");
        body.putObject("output_config").put("effort", "high");
        assertThat(text(client.post(body))).isEqualTo("fine");
        assertThat(mock.requests()).hasSize(2);
        assertThat(text(client.post(body))).isEqualTo("fine");
        assertThat(mock.requests()).hasSize(3);
        assertThat(mock.asked().get(2).body().path("reasoning").path("effort").asString())
                .isEqualTo("medium");
    }

    @Test
    void aClientThatReadsSlowlyHoldsNoOther() throws Exception {
        String long_ = "0123456789".repeat(400_000);
        GatewayClient client = chat();
        mock.answering(
                asked -> asked.prompt().equals("much") ? Answer.text(long_).piecesOf(20_000) : Answer.text("quick"));
        List<InputStream> slow = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            InputStream answer = client.open(streamed("much")).body();
            slow.add(answer);
            readUntil(answer, "message_start"); // and no further
        }
        long start = System.nanoTime();
        assertThat(text(client.post(streamed("little")))).isEqualTo("quick");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        for (InputStream answer : slow) {
            answer.close();
        }
    }
}
