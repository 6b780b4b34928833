package dev.katra.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ForeignThinking;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.ProviderEndpoint;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an endpoint puts beside a call, on its way through the client and back. */
class ExtraContentRelayTests {

    private static final Codec CHAT = new ChatCodec();

    private static String extra(String signature) {
        return "extra_content:{google:{thought_signature:'" + signature + "'}}";
    }

    private static String whole(String id, String more) {
        return "{id:'" + id + "',type:'function',function:{name:'Bash',arguments:'{\"c\":1}'}" + more + "}";
    }

    private static JsonNode stream(Target target, String... deltas) {
        var out = new StringBuilder();
        for (String delta : deltas) {
            out.append("data: ")
                    .append(Json.of("{id:'c1',choices:[{index:0,delta:" + delta + "}]}"))
                    .append("\n\n");
        }
        out.append("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        return Gateway.stream(CHAT, target, new ToolNames(), out.toString())
                .message()
                .path("content");
    }

    private static JsonNode calls(String... calls) {
        return stream(Targets.plain(), "{role:'assistant',tool_calls:[" + String.join(",", calls) + "]}");
    }

    private static ObjectNode history(JsonNode... answers) {
        ObjectNode body = (ObjectNode) Json.of("{model:'m',messages:[{role:'user',content:'x'}]}");
        ArrayNode messages = body.withArray("messages");
        for (JsonNode answer : answers) {
            messages.addObject().put("role", "assistant").set("content", answer);
            ArrayNode results = messages.addObject().put("role", "user").putArray("content");
            for (JsonNode block : answer) {
                if (block.path("type").asString("").equals("tool_use")) {
                    results.addObject().put("type", "tool_result").set("tool_use_id", block.path("id"));
                }
            }
        }
        return body;
    }

    /** The signatures of all calls that go upstream, in order; empty where there is none. */
    private static List<String> back(Target target, JsonNode... answers) {
        var signatures = new ArrayList<String>();
        for (JsonNode message :
                Gateway.body(CHAT, target, history(answers).toString()).path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                JsonNode extra = call.path("extra_content");
                signatures.add(extra.at("/google/thought_signature").asString(""));
                assertThat(extra.isMissingNode() || extra.size() == 1).isTrue();
            }
        }
        return signatures;
    }

    private static List<String> kinds(JsonNode content) {
        var kinds = new ArrayList<String>();
        content.forEach(block -> kinds.add(block.path("type").asString("")));
        return kinds;
    }

    @Test
    void aStreamedCallGoesBackWithWhatCameWithIt() {
        JsonNode content = calls(whole("a", "," + extra("S")));
        assertThat(kinds(content)).containsExactly("thinking", "tool_use");
        assertThat(content.path(0).path("thinking").asString("x")).isEmpty();
        assertThat(back(Targets.plain(), content)).containsExactly("S");
    }

    @Test
    void aCallOfAWholeAnswerDoesToo() {
        JsonNode message = Gateway.whole(
                CHAT,
                Targets.plain(),
                "{choices:[{finish_reason:'tool_calls',message:{content:'hi',reasoning_content:'hm',tool_calls:["
                        + whole("a", "," + extra("S")) + "," + whole("b", "") + "]}}]}");
        JsonNode content = message.path("content");
        assertThat(kinds(content)).containsExactly("thinking", "text", "thinking", "tool_use", "tool_use");
        assertThat(back(Targets.plain(), content)).containsExactly("S", "");
    }

    @ParameterizedTest
    @EnumSource(names = {"BUFFERED_TOOLS", "FILES"})
    void callsThatOverlapKeepWhatIsTheirs(Quirk quirk) {
        JsonNode content = stream(
                Targets.plain(quirk),
                "{reasoning_content:'hm'}",
                "{tool_calls:[{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":'}," + extra("A") + "}]}",
                "{tool_calls:[{index:1,id:'b',function:{name:'Bash',arguments:'{\"c\":'}}]}",
                "{tool_calls:[{index:2,id:'c',function:{name:'Bash',arguments:''}," + extra("C") + "}]}",
                "{tool_calls:[{index:1,function:{arguments:'2}'}},{index:0,function:{arguments:'1}'}}]}",
                "{tool_calls:[{index:2,function:{arguments:'{\"c\":3}'}," + extra("C") + "}]}");
        assertThat(kinds(content))
                .containsExactly("thinking", "thinking", "tool_use", "tool_use", "thinking", "tool_use");
        assertThat(content.path(2).path("input").toString()).isEqualTo("{\"c\":1}");
        assertThat(back(Targets.plain(), content)).containsExactly("A", "", "C");
    }

    @Test
    void whatComesLateIsNotLost() {
        JsonNode content = stream(
                Targets.plain(),
                "{tool_calls:[{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":1}'},extra_content:{}}]}",
                "{tool_calls:[{index:0," + extra("A") + "}]}",
                "{tool_calls:[" + whole("b", ",index:1") + "]}");
        assertThat(kinds(content)).containsExactly("tool_use", "thinking", "tool_use");
        assertThat(back(Targets.plain(), content)).containsExactly("A", "");
    }

    @Test
    void itIsFoundByTheCallsIdEvenIfThatIsChangedOnTheWay() {
        assertThat(back(
                        Targets.plain(),
                        calls(whole("functions.Bash:0", "," + extra("A"))),
                        calls(whole("functions.Bash:0", "," + extra("B"))),
                        calls(whole("x".repeat(90), "," + extra("C"))),
                        calls(whole("", "," + extra("D")), whole("", ""))))
                .startsWith("A", "B", "C", "D");
        ArrayNode alone = (ArrayNode) calls(whole("a", "," + extra("A")), whole("b", ""));
        alone.remove(1);
        assertThat(back(Targets.plain(), alone)).containsExactly("");
    }

    /** Another model of the same provider. */
    private static Target another(String model, Quirk... quirks) {
        Target same = Targets.plain(quirks);
        return new Target(same.provider(), model, 0, 0, same.quirks());
    }

    @Test
    void nobodyElseReceivesIt() {
        JsonNode content = calls(whole("a", "," + extra("SECRET")));
        Target other = new Target(
                new ProviderEndpoint("other", "https://other.test", "KEY"),
                "m",
                0,
                0,
                Targets.plain().quirks());
        assertThat(back(other, content)).containsExactly("");
        assertThat(back(another("m2", Quirk.THOUGHT_SIGNATURE), content))
                .containsExactly("skip_thought_signature_validator");
        assertThat(back(another("m2"), content)).containsExactly("");
        assertThat(back(Targets.plain(Quirk.NO_REASONING_REPLAY), content)).containsExactly("");
        String request = history(content).toString();
        assertThat(Gateway.body(CHAT, other, request).toString()).doesNotContain("extra_content", "katra");
        assertThat(Gateway.body(new ResponsesCodec(), Targets.reasoning(), request)
                        .toString())
                .doesNotContain("SECRET", "katra", "encrypted_content\":");
        JsonNode passed = ForeignThinking.removed(Json.of(request));
        assertThat(kinds(passed.path("messages").path(1).path("content"))).containsExactly("tool_use");
    }

    @Test
    void aCallWithoutASignatureGetsTheWordThatStandsForOne() {
        Target wants = Targets.plain(Quirk.THOUGHT_SIGNATURE);
        String word = "skip_thought_signature_validator";
        JsonNode unsigned = calls(whole("a", ""), whole("b", ""));
        assertThat(back(wants, unsigned, calls(whole("c", "," + extra("S")), whole("d", ""))))
                .containsExactly(word, "", "S", "");
        assertThat(back(Targets.plain(), unsigned)).containsExactly("", "");
    }

    @Test
    void textCarriesNothing() {
        JsonNode content =
                stream(Targets.plain(), "{content:'hi'," + extra("S") + "}", "{content:''," + extra("S") + "}");
        assertThat(content).isEqualTo(JsonMapper.shared().readTree("[{\"type\":\"text\",\"text\":\"hi\"}]"));
    }
}
