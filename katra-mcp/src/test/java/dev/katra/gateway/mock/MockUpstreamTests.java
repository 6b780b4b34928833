package dev.katra.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.katra.gateway.testing.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MockUpstreamTests {

    private final MockUpstream mock = MockUpstream.start();

    @AfterEach
    void close() {
        mock.close();
    }

    private String url(Api api) {
        return switch (api) {
            case CHAT -> mock.url() + "/chat/completions";
            case RESPONSES -> mock.url() + "/responses";
            case MESSAGES -> mock.anthropicUrl() + "/v1/messages";
        };
    }

    private static JsonNode question(Api api, boolean streams) {
        String stream = "stream:" + streams + ",";
        return Json.of(
                switch (api) {
                    case CHAT -> "{" + stream + "model:'m',messages:[{role:'user',content:'hi'}]}";
                    case RESPONSES ->
                        "{" + stream
                                + "model:'m',store:false,input:[{type:'message',role:'user',"
                                + "content:[{type:'input_text',text:'hi'}]}]}";
                    case MESSAGES -> "{" + stream + "model:'m',max_tokens:9,messages:[{role:'user',content:'hi'}]}";
                });
    }

    private HttpResponse<String> ask(Api api, boolean streams) {
        return Post.to(url(api), question(api, streams));
    }

    private RecordedRequest last() {
        return mock.requests().get(mock.requests().size() - 1);
    }

    @Test
    void keepsWhatComes() {
        ask(Api.CHAT, true);
        Post.to(url(Api.MESSAGES) + "?beta=true", question(Api.MESSAGES, false));
        RecordedRequest first = mock.requests().get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.path()).isEqualTo("/v1/chat/completions");
        assertThat(first.header("authorization")).isEqualTo("Bearer sk-test");
        assertThat(first.json()).isEqualTo(question(Api.CHAT, true));
        assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo(first.text());
        await().until(() -> first.outcome() == Outcome.ANSWERED);
        assertThat(first.toString()).doesNotContain("sk-test");
        assertThat(last().query()).isEqualTo("beta=true");
        assertThat(last().connection()).isEqualTo(first.connection());
        mock.assertNothingRejected();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void refusesInTheVendorsForm(Api api) {
        HttpResponse<String> response = Post.to(url(api), Json.of("{model:'m',unheard_of:1}"));
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Json.of(response.body()).path("error");
        assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
        if (api != Api.MESSAGES) {
            assertThat(error.path("message").asString("")).isEqualTo("Unknown parameter: 'unheard_of'.");
            assertThat(error.path("param").asString("")).isEqualTo("unheard_of");
            assertThat(error.path("code").asString("")).isEqualTo("unknown_parameter");
        }
        assertThat(mock.rejections()).hasSize(1);
        assertThatThrownBy(mock::assertNothingRejected).hasMessageContaining(last().path());
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void takesItsOwnKeyOnly(Api api) {
        mock.vendor(Vendor.ANY.withKey("sk-other"));
        assertThat(ask(api, true).statusCode()).isEqualTo(401);
        mock.vendor(Vendor.ANY.withKey("sk-test"));
        assertThat(ask(api, true).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void takesItsKeyInItsOwnHeaderOnly(Api api) {
        mock.vendor(Vendor.ANY.withKeyIn("x-api-key", "sk-test"));
        assertThat(ask(api, true).statusCode()).isEqualTo(401);
        mock.vendor(Vendor.ANY.withKeyIn("authorization", "sk-test"));
        assertThat(ask(api, true).statusCode()).isEqualTo(200);
    }

    @Test
    void takesSystemTurnsAndSafeguardsUnlessARuleForbidsThem() {
        JsonNode plain = question(Api.MESSAGES, true);
        JsonNode guarded = Json.of(plain.toString().replace("{\"stream", "{\"safeguards\":[],\"stream"));
        JsonNode turned = Json.of(plain.toString().replace("[{", "[{\"role\":\"system\",\"content\":\"s\"},{"));
        for (JsonNode body : List.of(plain, guarded, turned)) {
            assertThat(Post.to(url(Api.MESSAGES), body).statusCode()).isEqualTo(200);
        }
        mock.vendor(Vendor.ANY.with(Rule.NO_SYSTEM_TURNS, Rule.NO_SAFEGUARDS));
        assertThat(Post.to(url(Api.MESSAGES), plain).statusCode()).isEqualTo(200);
        assertThat(Post.to(url(Api.MESSAGES), guarded).body()).contains("safeguards: Extra inputs");
        assertThat(Post.to(url(Api.MESSAGES), turned).body()).contains("messages.0.role: Input should be");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void mayJudgeTheCallsOfItsAnswersItself(boolean streams) {
        JsonNode plain = question(Api.MESSAGES, streams);
        JsonNode asking = Json.of(plain.toString().replace("{\"stream", "{\"safeguards\":[],\"stream"));
        mock.answering(asked -> Answer.tools(new Part.Call("toolu_a", "Read", "{}")));
        assertThat(Post.to(url(Api.MESSAGES), asking).body()).doesNotContain("safeguard_results");
        mock.vendor(Vendor.ANY.with(Rule.JUDGES_CALLS));
        assertThat(Post.to(url(Api.MESSAGES), plain).body()).doesNotContain("safeguard_results");
        assertThat(Post.to(url(Api.MESSAGES), asking).body())
                .contains("\"safeguard_results\":[{\"type\":\"dangerous_tool_use\",\"status\":{\"type\":\"available\","
                        + "\"tool_uses\":{\"toolu_a\":{\"type\":\"evaluated\",\"outcome\":\"not_flagged\"}}}}]");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void hasRoomForSoMuch(Api api) {
        mock.vendor(Vendor.ANY.withWindow(10));
        HttpResponse<String> response = ask(api, true);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).containsAnyOf("context_length_exceeded", "prompt is too long: ");
    }

    @Test
    void servesNothingElsewhere() {
        HttpResponse<String> response = Post.to(mock.url() + "/v1/responses", question(Api.RESPONSES, true));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Invalid URL (POST /v1/v1/responses)");
        try (MockUpstream azure = MockUpstream.start("/openai/v1", Vendor.ANY)) {
            assertThat(azure.url()).endsWith("/openai/v1");
            assertThat(Post.to(azure.url() + "/responses", question(Api.RESPONSES, true))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersInTheOrderOfTheScript() {
        mock.reply(Answer.text("one"))
                .replyTo(asked -> asked.api() == Api.MESSAGES, Answer.text("two"))
                .answering(asked -> Answer.text("you said " + asked.prompt()));
        assertThat(ask(Api.CHAT, false).body()).contains("one");
        assertThat(mock.unasked()).isEqualTo(1);
        assertThat(ask(Api.CHAT, false).body()).contains("you said hi");
        assertThat(ask(Api.MESSAGES, false).body()).contains("two");
        assertThat(mock.asked()).hasSize(3);
    }

    @Test
    void aScriptThatFailsIsNoSecret() {
        mock.reply(Answer.text("short").cutAfter(9));
        assertThat(ask(Api.CHAT, true).statusCode()).isEqualTo(500);
        assertThatThrownBy(mock::assertNothingRejected)
                .hasRootCauseMessage("the answer has 1 pieces, and something is to happen after 9");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void errorsComeInTheVendorsForm(Api api) {
        mock.reply(Answer.rateLimit(7), Answer.error(418, Map.of("x-tea", "green"), "{\"teapot\":true}"));
        HttpResponse<String> limited = ask(api, true);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("7");
        assertThat(Json.of(limited.body()).at("/error/message").asString("")).startsWith("Rate limit reached");
        HttpResponse<String> own = ask(api, true);
        assertThat(own.statusCode()).isEqualTo(418);
        assertThat(own.headers().firstValue("x-tea")).contains("green");
        assertThat(own.body()).isEqualTo("{\"teapot\":true}");
    }

    @Test
    void answersWithWhatIsNoAnswer() {
        mock.reply(Answer.html(200, "<html>"), Answer.empty("application/json"), Answer.stream("data: a\n\n", "b"));
        assertThat(ask(Api.CHAT, true).headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(ask(Api.CHAT, true).body()).isEmpty();
        assertThat(ask(Api.MESSAGES, true).body()).isEqualTo("data: a\n\nb");
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void waitsWhereItIsTold(Api api) throws Exception {
        CountDownLatch before = new CountDownLatch(1);
        CountDownLatch within = new CountDownLatch(1);
        mock.reply(Answer.text("first, second, third.").piecesOf(7).held(before).heldAfter(1, within));
        CompletableFuture<HttpResponse<InputStream>> asked =
                Post.CLIENT.sendAsync(Post.request(url(api), question(api, true)), BodyHandlers.ofInputStream());
        await().until(() -> mock.requests().size() == 1);
        assertThat(asked).isNotDone();
        before.countDown();
        InputStream body = asked.get().body();
        String begin = until(body, "first, ");
        assertThat(begin).doesNotContain("second");
        assertThat(last().outcome()).isEqualTo(Outcome.OPEN);
        within.countDown();
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("second");
        await().until(() -> last().outcome() == Outcome.ANSWERED);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void breaksTheConnection(Api api) throws Exception {
        // The client may drop what it has not read when the connection breaks.
        CountDownLatch read = new CountDownLatch(1);
        mock.reply(
                Answer.text("first, second, third.")
                        .piecesOf(7)
                        .heldAfter(1, read)
                        .cutAfter(1),
                Answer.text("x").cutAfter(1));
        HttpResponse<InputStream> response =
                Post.CLIENT.send(Post.request(url(api), question(api, true)), BodyHandlers.ofInputStream());
        assertThat(until(response.body(), "first, ")).doesNotContain("second");
        read.countDown();
        assertThatThrownBy(response.body()::readAllBytes).isInstanceOf(IOException.class);
        await().until(() -> last().outcome() == Outcome.CUT);
        assertThatThrownBy(() -> ask(api, false)).hasRootCauseInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void endsTooEarly(Api api) {
        mock.reply(Answer.text("first, second, third.").piecesOf(7).endAfter(1));
        assertThat(ask(api, true).body())
                .contains("first")
                .doesNotContain("second", "DONE", "completed", "message_stop");
        mock.reply(Answer.text("first").endAfter(0));
        assertThat(ask(api, true).body()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void failsInTheMiddle(Api api) {
        Answer failing = Answer.text("first, second, third.").piecesOf(7).failAfter(1, 500, "server_error", "Oh no");
        mock.reply(failing, failing);
        assertThat(ask(api, true).body()).contains("first").contains("Oh no").doesNotContain("second");
        assertThat(ask(api, false).statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void noticesAtOnceThatTheClientHasLeft(Api api) throws Exception {
        mock.reply(
                Answer.text("late").held(new CountDownLatch(1)),
                Answer.text("first, second, third.").piecesOf(7).heldAfter(1, new CountDownLatch(1)),
                Answer.text("slow").after(Duration.ofMinutes(1)));
        for (int i = 0; i < 3; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mock.port())) {
                byte[] body = question(api, true).toString().getBytes(StandardCharsets.UTF_8);
                String head =
                        "POST %s HTTP/1.1\r\nhost: mock\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
                                .formatted(
                                        url(api).substring(mock.anthropicUrl().length()), body.length);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().write(body);
                if (i == 1) {
                    until(socket.getInputStream(), "first");
                }
                int count = i + 1;
                await().until(() -> mock.requests().size() == count);
            }
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(last()::left);
            assertThat(last().lasted()).isPresent();
        }
    }

    @Test
    void theStreamMayBeEdited() {
        mock.reply(Answer.text("first").editing(frames -> frames.stream()
                .filter(frame -> !frame.contains("[DONE]"))
                .toList()));
        assertThat(ask(Api.CHAT, true).body()).contains("first").doesNotContain("[DONE]");
    }

    @Test
    void namesItsModels() throws Exception {
        mock.vendor(Vendor.ANY.withModels("gpt-a", "gpt-b"));
        HttpResponse<String> response = Post.CLIENT.send(
                HttpRequest.newBuilder(URI.create(mock.url() + "/models")).build(), BodyHandlers.ofString());
        assertThat(Json.of(response.body()).at("/data/1/id").asString("")).isEqualTo("gpt-b");
        assertThat(ask(Api.CHAT, true).body()).contains("model_not_found");
    }

    private static String until(InputStream in, String end) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("it ends before " + end + ": " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
