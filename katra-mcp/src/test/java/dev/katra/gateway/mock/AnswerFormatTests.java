package dev.katra.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.chat.ChatCodec;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the format and the mode: what a client makes of an answer is what the script says. */
class AnswerFormatTests {

    private static final String QUESTION = "{model:'m',max_tokens:4000,thinking:{type:'adaptive'},"
            + "tools:[{name:'Read',input_schema:{type:'object'}}],messages:[{role:'user',content:'hi'}]";

    private final MockUpstream mock = MockUpstream.start();
    private int rejected;

    @AfterEach
    void close() {
        mock.close();
        assertThat(mock.rejections()).hasSize(rejected);
    }

    static Stream<Arguments> ways() {
        return Stream.of(Api.values()).flatMap(api -> Stream.of(Arguments.of(api, true), Arguments.of(api, false)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void saysItsText(Api api, boolean streams) {
        JsonNode message = ask(api, streams, Answer.text("Grüße, 日本 🙂, and a longer rest"));
        assertThat(contents(message)).containsExactly("Grüße, 日本 🙂, and a longer rest");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("end_turn");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void callsItsToolsInOrder(Api api, boolean streams) {
        Answer answer = Answer.text("Let me look")
                .with(
                        Part.Call.with("Read", "path", "/a", "limit", 3),
                        new Part.Call("call_b", "Read", "{\"path\":\"/b\"}"),
                        Part.Call.of("Read", "{}"));
        JsonNode message = ask(api, streams, answer);
        assertThat(contents(message))
                .containsExactly(
                        "Let me look", "Read {\"path\":\"/a\",\"limit\":3}", "Read {\"path\":\"/b\"}", "Read {}");
        assertThat(message.at("/content/2/id").asString("")).isEqualTo("call_b");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void thinksBeforeItSpeaks(Api api, boolean streams) {
        JsonNode message = ask(api, streams, Answer.text("Yes").thinking("Hm, let me see"));
        assertThat(contents(message)).containsExactly("(Hm, let me see)", "Yes");
        assertThat(message.at("/content/0/signature").asString("")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsWhatItTook(Api api, boolean streams) {
        JsonNode usage = ask(api, streams, Answer.text("Yes").taking(new Tokens(1000, 600, 50, 20)))
                .path("usage");
        assertThat(usage.path("input_tokens").asInt(0)).isEqualTo(400);
        assertThat(usage.path("cache_read_input_tokens").asInt(0)).isEqualTo(600);
        assertThat(usage.path("output_tokens").asInt(0)).isEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void saysWhyItEnds(Api api, boolean streams) {
        assertThat(stopped(ask(api, streams, Answer.text("Yes").stopping(Stop.LENGTH))))
                .isEqualTo("max_tokens");
        assertThat(stopped(ask(api, streams, Answer.text("Yes").stopping(Stop.FILTER))))
                .isEqualTo("refusal");
        JsonNode refused = ask(api, streams, Answer.refusal("I will not"));
        assertThat(stopped(refused)).isEqualTo("refusal");
        assertThat(contents(refused)).containsExactly("I will not");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theBytesMayComeInAnyCuts(Api api, boolean streams) {
        var random = new Random(7);
        Answer answer = Answer.tool("Read", "{\"path\":\"/ä\"}").thinking("日本");
        assertThat(contents(ask(api, streams, answer.cutInto(() -> 1 + random.nextInt(5)))))
                .containsExactly("(日本)", "Read {\"path\":\"/ä\"}");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void takesItsOwnWordsBackWithTheirReasoning(Api api, boolean streams) {
        JsonNode first = ask(api, streams, Answer.tool("Read", "{}").thinking("Hm"));
        ObjectNode next = (ObjectNode) Json.of(QUESTION + "}");
        next.withArray("messages").addObject().put("role", "assistant").set("content", first.path("content"));
        ObjectNode result = next.withArray("messages")
                .addObject()
                .put("role", "user")
                .putArray("content")
                .addObject();
        result.put("type", "tool_result").put("content", "x");
        result.set("tool_use_id", first.at("/content/1/id"));
        mock.vendor(Vendor.ANY.with(Rule.REASONING_CONTENT));
        assertThat(contents(ask(api, next, Answer.text("So it is")))).containsExactly("So it is");

        // A chat has the text of its thoughts back, and nothing that could be forged.
        if (api == Api.CHAT) {
            return;
        }
        ObjectNode thought = (ObjectNode) first.at("/content/0");
        thought.put("signature", "forged").put("thinking", "");
        assertThatThrownBy(() -> ask(api, next, Answer.text("So it is"))).hasMessageContaining("400");
        assertThat(mock.rejections()).hasSize(1);
        rejected = 1;
    }

    private static String stopped(JsonNode message) {
        return message.path("stop_reason").asString("");
    }

    private static List<String> contents(JsonNode message) {
        List<String> contents = new ArrayList<>();
        for (JsonNode block : message.path("content")) {
            contents.add(
                    switch (block.path("type").asString("")) {
                        case "thinking" -> "(" + block.path("thinking").asString("") + ")";
                        case "tool_use" -> block.path("name").asString("") + " " + block.path("input");
                        default -> block.path("text").asString("");
                    });
        }
        return contents;
    }

    /** What the client of a gateway makes of this answer. */
    private JsonNode ask(Api api, boolean streams, Answer answer) {
        return ask(api, (ObjectNode) Json.of(QUESTION + (streams ? ",stream:true}" : "}")), answer);
    }

    private JsonNode ask(Api api, ObjectNode request, Answer answer) {
        mock.reply(answer);
        boolean streams = request.has("stream");
        if (api == Api.MESSAGES) {
            HttpResponse<String> response = Post.to(mock.anthropicUrl() + "/v1/messages", request);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return streams ? ReceivedStream.of(response.body()).message() : Json.of(response.body());
        }
        Codec codec = api == Api.CHAT ? new ChatCodec() : new ResponsesCodec();
        Target target = Targets.reasoning(Quirk.REASONING_CONTENT);
        HttpResponse<String> response = Post.to(
                mock.url() + (api == Api.CHAT ? "/chat/completions" : "/responses"),
                Gateway.body(codec, target, request.toString()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return streams
                ? Gateway.stream(codec, target, new ToolNames(), response.body())
                        .message()
                : Gateway.whole(codec, target, response.body());
    }
}
