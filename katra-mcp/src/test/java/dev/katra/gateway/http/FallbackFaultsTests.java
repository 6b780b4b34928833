package dev.katra.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.Message;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.katra.core.session.ActiveFallbacks;
import dev.katra.core.session.SessionNotices;
import dev.katra.core.testing.TestClock;
import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.Fallback;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.gateway.mock.Vendor;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.mcp.RunningServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every way in which an endpoint may not answer, for every pair of formats: the fallback answers the very same turn, and
 * the vendor's own client sees one message. Both vendors are strict: they refuse thinking that is not theirs, keys that are
 * not theirs, and models that they do not have.
 */
@Timeout(60)
class FallbackFaultsTests {

    private static final String FALLBACK_KEY = "sk-fallback-0123456789";
    private static final AtomicInteger PERSONAS = new AtomicInteger();
    private static final TestClock CLOCK = new TestClock();

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream own;
    private MockUpstream fallback;

    /** The ways in which an endpoint may not answer. */
    enum Fault {
        LIMIT_WITH_WAIT,
        LIMIT,
        NO_CREDIT,
        OVERLOADED,
        BROKEN,
        BAD_GATEWAY,
        UNAVAILABLE,
        KEY_WITHOUT_CREDIT,
        EMPTY,
        WEB_PAGE,
        ERROR_IN_STREAM,
        CUT_BEFORE_THE_FIRST_WORD,
        SLOW_REFUSAL,
        NO_HEAD,
        NOT_THERE
    }

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                home, 0, Map.of("katra.gateway.connect", "2s", "katra.gateway.answer", "2s"), CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void startMocks() {
        own = MockUpstream.start(Vendor.ANY.withKey(GatewayClient.KEY).withModels("big", "small"));
        fallback = MockUpstream.start(Vendor.ANY.withKey(FALLBACK_KEY).withModels("other-big", "other-small"));
    }

    @AfterEach
    void stopMocks() {
        latch.countDown();
        own.close();
        fallback.close();
    }

    static Stream<Arguments> faults() {
        return Arrays.stream(Fault.values()).flatMap(fault -> Arrays.stream(Protocol.values())
                .flatMap(from -> Arrays.stream(Protocol.values()).map(to -> Arguments.of(fault, from, to))));
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @MethodSource("faults")
    void theFallbackAnswersTheSameTurn(Fault fault, Protocol from, Protocol to) throws Exception {
        GatewayClient client = client(from, to);
        ObjectNode talk = talk();

        own.reply(Answer.thought("I look.").andTool("Read", "{\"path\":\"/a\"}"));
        JsonNode first = message(client, talk);
        assertThat(first.path("content").findValuesAsString("type")).contains("tool_use");
        continued(talk, first);

        Instant failing = fail(fault, from);
        fallback.reply(Answer.thought("So do I.").andText("Once more.").andTool("Read", "{\"path\":\"/b\"}"));
        JsonNode second = message(client, talk);
        assertThat(texts(second)).isEqualTo("Once more.");
        continued(talk, second);
        assertHandedOverSoon(fault, failing);
        assertThat(fallback.asked().get(0).results().get(0).text()).isEqualTo("it is /a");
        assertThat(fallback.asked().get(0).prompts()).containsExactly("Read it.");

        long before = own.requests().size();
        fallback.reply(Answer.thought("Enough.").andText("I have read both."));
        JsonNode third = message(client, talk);
        assertThat(texts(third)).isEqualTo("I have read both.");
        assertThat(own.requests()).as("it is left alone").hasSize((int) before);
        said(talk, third);
        talk.withArray("messages").addObject().put("role", "user").put("content", "And now?");

        if (fault != Fault.NOT_THERE) {
            CLOCK.advance(Duration.ofMinutes(1));
            own.reply(Answer.text("Here I am again."));
            assertThat(texts(message(client, talk))).isEqualTo("Here I am again.");
            assertThat(server.bean(ActiveFallbacks.class)
                            .of(client.session().session().id()))
                    .isEmpty();
            assertThat(own.rejections()).isEmpty();
        }
        assertThat(fallback.rejections()).isEmpty();
        assertThat(notices(client))
                .first()
                .asString()
                .startsWith("Katra: mock ")
                .contains("so other (other-big) answers in its place");
        assertThat(notices(client)).isEmpty();
    }

    private Instant fail(Fault fault, Protocol from) {
        if (fault == Fault.NOT_THERE) {
            own.close();
        } else {
            own.reply(answer(fault, from));
        }
        return Instant.now();
    }

    private Answer answer(Fault fault, Protocol format) {
        boolean messages = format == Protocol.ANTHROPIC;
        return switch (fault) {
            case LIMIT_WITH_WAIT -> Answer.rateLimit(20);
            case LIMIT -> Answer.error(429, "rate_limit_exceeded", "Too many requests.");
            case NO_CREDIT -> Answer.error(402, "payment_required", "Payment required.");
            case OVERLOADED -> Answer.error(529, "overloaded", "Overloaded");
            case BROKEN -> Answer.error(500, "server_error", "The server had an error.");
            case BAD_GATEWAY -> Answer.html(502, "<html><title>Bad gateway</title></html>");
            case UNAVAILABLE -> Answer.error(503, "unavailable", "Try again later.");
            case KEY_WITHOUT_CREDIT ->
                Answer.error(
                        403,
                        Map.of(),
                        messages
                                ? "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"No credit.\"}}"
                                : "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No credit.\"}}");
            case EMPTY -> Answer.empty("text/event-stream");
            case WEB_PAGE -> Answer.html(200, "<!doctype html><html>Sign in</html>");
            case ERROR_IN_STREAM -> Answer.text("never").failAfter(0, 529, "overloaded", "Overloaded");
            case CUT_BEFORE_THE_FIRST_WORD -> Answer.text("never").cutAfter(0);
            case SLOW_REFUSAL ->
                Answer.error(429, "rate_limit_exceeded", "Too many.").heldAfter(0, latch);
            case NO_HEAD -> Answer.text("never").held(latch);
            case NOT_THERE -> throw new IllegalArgumentException("it does not answer");
        };
    }

    private void assertHandedOverSoon(Fault fault, Instant failing) {
        RecordedRequest last = own.requests().get(own.requests().size() - 1);
        Instant failed =
                switch (fault) {
                    case NOT_THERE -> failing;
                    case NO_HEAD -> last.at().plusSeconds(2);
                    case SLOW_REFUSAL -> last.at();
                    default -> last.at().plus(last.lasted().orElseThrow());
                };
        assertThat(Duration.between(failed, fallback.requests().get(0).at()))
                .as("from the failure to the fallback's request")
                .isLessThan(Duration.ofSeconds(1));
    }

    /** A client of a session on the one, with the other as its fallback. */
    private GatewayClient client(Protocol from, Protocol to) {
        Fallback second = new Fallback(
                "other",
                to == Protocol.ANTHROPIC ? fallback.anthropicUrl() : fallback.url(),
                to,
                new KeySource(to == Protocol.ANTHROPIC ? KeyHeader.X_API_KEY : KeyHeader.BEARER, "OTHER_API_KEY"),
                new EndpointModels("other-big", null, null, "other-small"),
                new EndpointModels("big", null, null, "small"),
                new TokenLimits(100_000, 4_000),
                new EndpointSettings("", to == Protocol.ANTHROPIC ? "" : "low,high", "3/4", "rules"));
        String endpoint = from == Protocol.ANTHROPIC ? own.anthropicUrl() : own.url();
        return GatewayClient.of(
                        server,
                        "F" + PERSONAS.incrementAndGet(),
                        GatewayClient.upstream(endpoint, from, "", from == Protocol.ANTHROPIC ? "" : "low,high", "1/2")
                                .withFallbacks(List.of(second)))
                .withFallbackKey("other", FALLBACK_KEY);
    }

    private static ObjectNode talk() {
        ObjectNode body = GatewayClient.streamed("Read it.").put("max_tokens", 8_000);
        body.putObject("thinking").put("type", "adaptive");
        ObjectNode tool = body.putArray("tools").addObject().put("name", "Read").put("description", "Reads.");
        ObjectNode schema = tool.putObject("input_schema").put("type", "object");
        schema.putObject("properties").putObject("path").put("type", "string");
        return body;
    }

    /** Asks, and returns the message that the vendor's own client makes of the answer. */
    private static JsonNode message(GatewayClient client, ObjectNode talk) throws Exception {
        HttpResponse<String> answer = client.post(talk);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (talk.path("stream").asBoolean()) {
            return ReceivedStream.of(answer.body()).message();
        }
        return whole(answer.body());
    }

    private static JsonNode whole(String body) throws JsonProcessingException {
        Message message =
                ObjectMappers.jsonMapper().readValue(body, Message.class).validate();
        return JsonMapper.shared().readTree(ObjectMappers.jsonMapper().writeValueAsString(message));
    }

    private static String texts(JsonNode message) {
        StringBuilder text = new StringBuilder();
        message.path("content").forEach(block -> text.append(block.path("text").asString("")));
        return text.toString();
    }

    /** Goes on as the client does: with what the model said, and the results of its calls. */
    private static void continued(ObjectNode talk, JsonNode message) {
        said(talk, message);
        ArrayNode results =
                talk.withArray("messages").addObject().put("role", "user").putArray("content");
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                results.addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", block.path("id").asString(""))
                        .put(
                                "content",
                                "it is " + block.path("input").path("path").asString(""));
            }
        }
    }

    private static void said(ObjectNode talk, JsonNode message) {
        ArrayNode content =
                talk.withArray("messages").addObject().put("role", "assistant").putArray("content");
        for (JsonNode block : message.path("content")) {
            ObjectNode copy = content.addObject();
            for (String field : List.of("type", "text", "thinking", "signature", "id", "name", "input")) {
                if (block.has(field)) {
                    copy.set(field, block.path(field));
                }
            }
        }
    }

    private static List<String> notices(GatewayClient client) {
        return server.bean(SessionNotices.class)
                .take(client.session().session().id())
                .lines()
                .toList();
    }
}
