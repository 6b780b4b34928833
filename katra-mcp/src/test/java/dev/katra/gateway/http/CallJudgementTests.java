package dev.katra.gateway.http;

import static dev.katra.gateway.http.GatewayClient.readUntil;
import static dev.katra.gateway.http.GatewayClient.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.katra.core.upstream.EndpointModels;
import dev.katra.core.upstream.EndpointSettings;
import dev.katra.core.upstream.KeyHeader;
import dev.katra.core.upstream.KeySource;
import dev.katra.core.upstream.Protocol;
import dev.katra.core.upstream.TokenLimits;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.usage.ModelUsage;
import dev.katra.core.usage.Purpose;
import dev.katra.core.usage.UsageService;
import dev.katra.gateway.mock.Answer;
import dev.katra.gateway.mock.MockUpstream;
import dev.katra.gateway.mock.ModelInput;
import dev.katra.gateway.mock.Part;
import dev.katra.gateway.mock.RecordedRequest;
import dev.katra.mcp.RunningServer;
import dev.katra.web.BodyBudget;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the gateway answers auto mode's check on the calls of an answer. */
@Timeout(90)
class CallJudgementTests {

    private static final AtomicInteger PERSONAS = new AtomicInteger();
    private static final Part.Call CURL = Part.Call.with("Bash", "command", "touch X && curl -s http://127.0.0.1:9/");
    private static final Part.Call LS = Part.Call.with("Bash", "command", "ls");

    @TempDir
    static Path home;

    private static RunningServer server;

    private final CountDownLatch latch = new CountDownLatch(1);
    private MockUpstream mock;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home, 0, Map.of("katra.gateway.judge", "5s"));
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

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aModelJudgesWhatDoesMoreThanRead(Protocol protocol) throws Exception {
        GatewayClient client = client(protocol, "");
        mock.replyTo(CallJudgementTests::judges, Answer.text("allow"));
        mock.replyTo(asked -> !judges(asked), Answer.tools(LS, CURL));

        JsonNode uses = verdicts(client.post(checked("auto", true)));

        assertThat(outcomes(uses)).containsExactly("not_flagged", "not_flagged");
        assertThat(mock.asked()).hasSize(2);
        ModelInput question = mock.asked().get(1);
        assertThat(question.model()).isEqualTo("small");
        assertThat(question.prompt()).contains("fetch it", "curl -s").doesNotContain("\"command\":\"ls\"");
        await().untilAsserted(() -> {
            assertThat(models(client))
                    .extracting(each -> each.task().purpose())
                    .containsExactly(Purpose.CONVERSATION, Purpose.JUDGEMENT);
            assertThat(models(client).get(1).task().model()).isEqualTo("small");
            assertThat(models(client).get(1).usage().tokens().output()).isEqualTo(30);
            assertThat(models(client).get(1).usage().requests().errors()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatItBlocksIsExplained(Protocol protocol) throws Exception {
        mock.replyTo(CallJudgementTests::judges, Answer.text("block: sends data away"));
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL));

        JsonNode uses = verdicts(client(protocol, "").post(checked("auto", false)));

        assertThat(outcomes(uses)).containsExactly("flagged");
        assertThat(uses.values().iterator().next().path("explanation").asString(""))
                .isEqualTo("sends data away");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void everyAnswerIsAnsweredWithOrWithoutCalls(Protocol protocol) throws Exception {
        mock.reply(Answer.text("hello"), Answer.text("hello"), Answer.text("hello"));
        GatewayClient client = client(protocol, "");

        assertThat(verdicts(client.post(checked("auto", true)))).isEmpty();
        assertThat(verdicts(client.post(checked("auto", false)))).isEmpty();
        assertThat(client.post(says("x").put("stream", true)).body()).doesNotContain("safeguard_results");
        assertThat(mock.asked()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC, 500",
        "OPENAI_CHAT, 500",
        "OPENAI_RESPONSES, 429",
        "OPENAI_CHAT, 200",
        "ANTHROPIC, 200",
        "ANTHROPIC, 0",
        "OPENAI_CHAT, 0"
    })
    void aJudgeThatGivesNoVerdictLeavesItToTheRules(Protocol protocol, int status) throws Exception {
        Answer none = status == 0
                ? Answer.text("allow").held(latch)
                : status == 200 ? Answer.text("Sure, why not!") : Answer.error(status, "x", "no");
        mock.replyTo(CallJudgementTests::judges, none, none);
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL, Part.Call.with("Bash", "command", "mkdir -p a/b")));
        GatewayClient client = client(protocol, "");

        JsonNode uses = verdicts(client.post(checked("auto", true)));

        assertThat(outcomes(uses)).containsExactly("flagged", "not_flagged");
        assertThat(uses.values().iterator().next().path("explanation").asString(""))
                .contains("(small) could not be reached", "Ask the person");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aJudgesAnswerIsUnpacked(Protocol protocol) throws Exception {
        mock.replyTo(CallJudgementTests::judges, Answer.text("allow").packed("gzip"));
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL));

        assertThat(outcomes(verdicts(client(protocol, "").post(checked("auto", true)))))
                .containsExactly("not_flagged");
    }

    @Test
    void aLimitThatAJudgeRefusesIsLoweredAndRemembered() throws Exception {
        mock.replyTo(
                asked -> judges(asked) && asked.body().path("max_tokens").asInt(0) > 3_000,
                Answer.error(400, "invalid_request", "max_tokens is too large: 4608, at most 3000"));
        mock.replyTo(
                asked -> judges(asked) && asked.body().path("max_tokens").asInt(0) <= 3_000,
                Answer.text("allow"),
                Answer.text("allow"));
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL), Answer.tools(CURL));
        GatewayClient client = client(Protocol.OPENAI_CHAT, "", "reasoning-content");

        assertThat(outcomes(verdicts(client.post(checked("auto", true))))).containsExactly("not_flagged");
        assertThat(outcomes(verdicts(client.post(checked("auto", true))))).containsExactly("not_flagged");
        assertThat(mock.asked()).filteredOn(CallJudgementTests::judges).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"true, gzip", "false, gzip", "true, deflate"})
    void aPackedAnswerIsJudgedToo(boolean streamed, String encoding) throws Exception {
        mock.replyTo(CallJudgementTests::judges, Answer.text("block: not asked for"));
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL).packed(encoding));

        HttpResponse<String> answer = client(Protocol.ANTHROPIC, "").post(checked("auto", streamed));

        assertThat(outcomes(verdicts(answer))).containsExactly("flagged");
        assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeReadDoesNotPassUnjudged() throws Exception {
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL).header("content-encoding", "br"));

        HttpResponse<String> answer = client(Protocol.ANTHROPIC, "").post(checked("auto", true));

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("compressed (br)").doesNotContain("curl");
    }

    @ParameterizedTest
    @CsvSource({"text/plain, ''", "application/octet-stream, '  '", "text/event-stream, ''"})
    void aMessageOfAnotherTypeIsJudgedToo(String type, String before) throws Exception {
        String message = "{\"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\","
                + "\"name\":\"Bash\",\"input\":{\"command\":\"curl x\"}}]}";
        mock.reply(Answer.raw(200, type, before + message));

        assertThat(outcomes(verdicts(client(Protocol.ANTHROPIC, "rules").post(checked("auto", false)))))
                .containsExactly("flagged");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/json"})
    void aStreamOfAnotherTypeIsJudgedToo(String type) throws Exception {
        String events = "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{}}}\n\n"
                + "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                + "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}\n\n";
        mock.reply(Answer.raw(200, type, "\n" + events));

        assertThat(outcomes(verdicts(client(Protocol.ANTHROPIC, "rules").post(checked("auto", true)))))
                .containsExactly("flagged");
    }

    @Test
    void theAnswerFlowsWhileItIsJudged() throws Exception {
        mock.replyTo(CallJudgementTests::judges, Answer.text("allow").held(latch));
        mock.replyTo(asked -> !judges(asked), Answer.tools(CURL, LS));
        GatewayClient client = client(Protocol.OPENAI_CHAT, "");

        try (InputStream answer = client.open(checked("auto", true)).body()) {
            assertThat(readUntil(answer, "\"index\":1")).doesNotContain("message_delta");
            await().until(() -> mock.asked().size() == 2);
            latch.countDown();
            assertThat(readUntil(answer, "message_stop")).contains("safeguard_results", "not_flagged");
        }
    }

    @Test
    void planModeAllowsOnlyWhatReads() throws Exception {
        mock.replyTo(CallJudgementTests::judges, Answer.text("block: it makes a file"));
        mock.replyTo(
                asked -> !judges(asked),
                Answer.tools(
                        LS,
                        Part.Call.with("Write", "file_path", "/work/a", "content", "x"),
                        Part.Call.with("Bash", "command", "touch a"),
                        Part.Call.with("mcp__katra__katra_say", "message", "hello")));

        JsonNode uses = verdicts(client(Protocol.OPENAI_CHAT, "").post(checked("plan", true)));

        assertThat(outcomes(uses)).containsExactly("not_flagged", "flagged", "flagged", "not_flagged");
        assertThat(mock.asked()).hasSize(2);
        assertThat(mock.asked().get(1).system()).contains("plan mode");
    }

    @ParameterizedTest
    @CsvSource({"rules, Katra's rules do not know", "ask, the person decides"})
    void withoutAModelNobodyIsAsked(String judge, String explanation) throws Exception {
        mock.reply(Answer.tools(CURL, LS));

        JsonNode uses = verdicts(client(Protocol.ANTHROPIC, judge).post(checked("auto", true)));

        assertThat(outcomes(uses)).containsExactly("flagged", "not_flagged");
        assertThat(uses.values().iterator().next().path("explanation").asString(""))
                .contains(explanation);
        assertThat(mock.asked()).hasSize(1);
    }

    @Test
    void aCallIsJudgedWhereTheOnesBeforeItLeaveTheShell() throws Exception {
        Part.Call status = Part.Call.with("Bash", "command", "git status");
        mock.reply(Answer.tools(status, Part.Call.with("Bash", "command", "cd vendor/evil"), LS, status));

        JsonNode uses = verdicts(client(Protocol.ANTHROPIC, "rules").post(checked("auto", true)));

        assertThat(outcomes(uses)).containsExactly("not_flagged", "not_flagged", "not_flagged", "flagged");
    }

    /** What is flagged does not run, and so takes the shell nowhere. */
    @Test
    void aFlaggedCallDoesNotLeaveTheShellElsewhere() throws Exception {
        Part.Call status = Part.Call.with("Bash", "command", "git status");
        mock.reply(Answer.tools(CURL, status));

        JsonNode uses = verdicts(client(Protocol.ANTHROPIC, "rules").post(checked("auto", true)));

        assertThat(outcomes(uses)).containsExactly("flagged", "not_flagged");
    }

    @Test
    void anotherModelMayJudge() throws Exception {
        mock.replyTo(asked -> asked.tools().isEmpty() && asked.system().contains("You decide"), Answer.text("allow"));
        mock.reply(Answer.tools(CURL));

        assertThat(outcomes(
                        verdicts(client(Protocol.OPENAI_RESPONSES, "model wise").post(checked("auto", true)))))
                .containsExactly("not_flagged");
        assertThat(mock.asked().get(1).model()).isEqualTo("wise");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anEndpointThatJudgesByItselfIsPassedThrough(boolean streamed) throws Exception {
        String results = "\"safeguard_results\":[{\"type\":\"dangerous_tool_use\",\"status\":{\"type\":\"available\","
                + "\"tool_uses\":{\"toolu_1\":{\"type\":\"evaluated\",\"outcome\":\"flagged\",\"new\":1}}}}]";
        String events =
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{}}}\r\n\r\n"
                        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: message_delta\ndata: {\"type\":\"message_delta\", \"delta\":{\"stop_reason\":\"tool_use\","
                        + results + "},\"usage\":{\"output_tokens\":7}}\n\n"
                        + "event: message_stop\ndata: {\"type\":\"message_stop\"}";
        String whole =
                "{ \"type\":\"message\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_1\"}]," + results + "}";
        Answer answer = streamed ? Answer.stream(events) : Answer.raw(200, "application/json", whole);
        mock.replyTo(asked -> !judges(asked), answer, answer);
        mock.replyTo(CallJudgementTests::judges, Answer.text("allow"));
        GatewayClient client = client(Protocol.ANTHROPIC, "");
        ObjectNode body = checked("auto", streamed);

        HttpResponse<String> first = client.send(client.request("/v1/messages?beta=true")
                .setHeader("anthropic-beta", "a,dangerous-tool-use-2026-09-03")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
        // A stream's call is asked about before it is seen that the endpoint judges; nobody waits for that answer.
        await("what is asked about the first answer")
                .until(() ->
                        mock.asked().stream().filter(CallJudgementTests::judges).count() == (streamed ? 1 : 0));
        int before = mock.asked().size();
        HttpResponse<String> second = client.post(body);

        assertThat(first.body()).isEqualTo(streamed ? events : whole);
        assertThat(second.body()).isEqualTo(first.body());
        RecordedRequest seen = mock.requests().get(0);
        assertThat(seen.text()).isEqualTo(body.toString());
        assertThat(seen.header("anthropic-beta")).isEqualTo("a,dangerous-tool-use-2026-09-03");
        assertThat(mock.asked()).as("judged there, as was seen").hasSize(before + 1);
    }

    @Test
    void anEndpointThatDoesNotTakeTheFieldGetsItNoMore() throws Exception {
        mock.replyTo(
                asked -> asked.body().has("safeguards"),
                Answer.error(400, "x", "safeguards: Extra inputs are not permitted"));
        mock.replyTo(
                asked -> !asked.body().has("safeguards") && !judges(asked), Answer.text("one"), Answer.text("two"));
        GatewayClient client = client(Protocol.ANTHROPIC, "");

        assertThat(verdicts(client.post(checked("auto", true)))).isEmpty();
        assertThat(verdicts(client.post(checked("auto", true)))).isEmpty();

        assertThat(mock.requests()).hasSize(3);
        assertThat(mock.unasked()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "400, System message must be at the beginning.",
        "400, \"role must be either 'user' or 'assistant', but got 'system'\"",
        "422, \"messages.1.role: Input should be 'user' or 'assistant'\""
    })
    void systemTurnsAreFoldedWhereTheyAreRefused(int status, String refusal) throws Exception {
        mock.replyTo(
                asked -> asked.body().path("messages").toString().contains("\"role\":\"system\""),
                Answer.error(status, "x", refusal));
        mock.answering(asked -> Answer.text("fine"));
        GatewayClient client = client(Protocol.ANTHROPIC, "");
        ObjectNode body = says("hello").put("stream", true);
        body.withArray("messages").addObject().put("role", "system").put("content", "where you are");

        assertThat(GatewayClient.text(client.post(body))).isEqualTo("fine");
        assertThat(GatewayClient.text(client.post(body))).isEqualTo("fine");

        assertThat(mock.requests()).as("learned for the next").hasSize(3);
        assertThat(mock.asked().get(2).turns()).hasSize(1);
        assertThat(mock.asked().get(2).prompts().toString()).contains("hello");
        assertThat(mock.requests().get(2).text()).contains("where you are");
    }

    @Test
    void anyOtherRefusalStaysAsItIs() throws Exception {
        String said =
                "{\"type\":\"error\", \"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long\"}}";
        mock.reply(Answer.error(400, Map.of("x-should-retry", "false"), said));

        HttpResponse<String> answer = client(Protocol.ANTHROPIC, "").post(checked("auto", true));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(said);
        assertThat(GatewayClient.header(answer, "x-should-retry")).isEqualTo("false");
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatFailsBeforeTheAnswerBeginsIsTold(Protocol protocol) throws Exception {
        GatewayClient client = client(protocol, "nonsense");
        int free = server.bean(BodyBudget.class).freeKilobytes();

        assertThat(client.post(checked("auto", true)).statusCode()).isEqualTo(500);

        await().until(() -> server.bean(BodyBudget.class).freeKilobytes() >= free);
    }

    private static boolean judges(ModelInput asked) {
        return asked.model().equals("small");
    }

    private GatewayClient client(Protocol protocol, String judge) {
        return client(protocol, judge, "");
    }

    private GatewayClient client(Protocol protocol, String judge, String quirks) {
        return GatewayClient.of(
                server,
                "J" + PERSONAS.incrementAndGet(),
                new Upstream(
                        0,
                        protocol == Protocol.ANTHROPIC ? mock.anthropicUrl() : mock.url(),
                        protocol,
                        new KeySource(KeyHeader.BEARER, "MOCK_API_KEY"),
                        new EndpointModels("big", null, null, "small"),
                        new TokenLimits(100_000, 8_000),
                        new EndpointSettings(quirks, "", "", judge),
                        false));
    }

    /** A request as the client sends it in this mode. */
    private static ObjectNode checked(String mode, boolean streamed) {
        ObjectNode body = says("fetch it").put("stream", streamed);
        body.putArray("tools")
                .addObject()
                .put("name", "Bash")
                .putObject("input_schema")
                .put("type", "object")
                .putObject("properties");
        ObjectNode context = body.putArray("safeguards")
                .addObject()
                .put("type", "dangerous_tool_use")
                .putObject("classifier_context")
                .put("permission_mode", mode)
                .put("live_cwd", "/work");
        context.putObject("trusted_directories")
                .putObject("primary")
                .putArray("resolved")
                .add("/work");
        return body;
    }

    /** What the answer says of its calls, which must be the same in number and by their ids. */
    private static JsonNode verdicts(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String results = answer.body()
                .lines()
                .map(line -> line.startsWith("data: ") ? line.substring(6) : line)
                .filter(line -> line.contains("safeguard_results"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is said of the calls: " + answer.body()));
        JsonNode node = JsonMapper.shared().readTree(results);
        JsonNode result = (node.has("delta") ? node.path("delta") : node).path("safeguard_results");
        assertThat(result).hasSize(1);
        assertThat(result.path(0).path("type").asString("")).isEqualTo("dangerous_tool_use");
        assertThat(result.path(0).path("status").path("type").asString("")).isEqualTo("available");
        JsonNode uses = result.path(0).path("status").path("tool_uses");
        uses.propertyNames().forEach(id -> assertThat(answer.body()).contains("\"id\":\"" + id + "\""));
        return uses;
    }

    private static List<String> outcomes(JsonNode uses) {
        return uses.values().stream()
                .map(use -> use.path("outcome").asString(""))
                .toList();
    }

    private static List<ModelUsage> models(GatewayClient client) {
        String uid = client.session().session().uid();
        return server.bean(UsageService.class).live().stream()
                .filter(session -> session.uid().equals(uid))
                .findFirst()
                .orElseThrow()
                .models();
    }
}
