package dev.katra.mcp.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.testing.Gateway;
import dev.katra.mcp.gateway.testing.Json;
import dev.katra.mcp.gateway.testing.Received;
import dev.katra.mcp.gateway.testing.Targets;
import dev.katra.mcp.gateway.thinking.Signature;
import dev.katra.mcp.gateway.tool.ToolNames;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChatStreamTests {

    private static final String DONE = "data: [DONE]\n\n";

    private static String chunks(String... choices) {
        return Stream.of(choices)
                .map(choice -> "data: " + Json.of("{id:'c1',choices:[" + choice + "]}") + "\n\n")
                .collect(Collectors.joining());
    }

    private static String delta(String delta) {
        return "{index:0,delta:" + delta + "}";
    }

    private static String call(String call) {
        return delta("{tool_calls:[" + call + "]}");
    }

    private static String finish(String reason) {
        return "{index:0,delta:{},finish_reason:'" + reason + "'}";
    }

    private static Received receive(String upstream) {
        return Gateway.stream(new ChatCodec(), Targets.plain(), new ToolNames(), upstream);
    }

    private static JsonNode content(String upstream) {
        return receive(upstream).message().path("content");
    }

    private static String input(JsonNode block) {
        return block.path("input").toString();
    }

    @Test
    void a16_thinkingTextAndCallsAreBlocksOfTheirOwn() {
        Received received = receive(chunks(
                        delta("{role:'assistant',content:''}"),
                        delta("{reasoning_content:'let '}"),
                        delta("{reasoning_content:'me see'}"),
                        delta("{content:'I will '}"),
                        delta("{content:'look'}"),
                        call("{index:0,id:'call_1',function:{name:'Bash',arguments:''}}"),
                        call("{index:0,function:{arguments:'{\"a\":'}}"),
                        call("{index:0,function:{arguments:'1}'}}"),
                        finish("tool_calls"))
                + DONE);
        JsonNode message = received.message();
        assertThat(message.path("id").asString("")).isEqualTo("msg_c1");
        assertThat(message.path("model").asString("")).isEqualTo("claude-opus-5-5");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
        JsonNode content = message.path("content");
        assertThat(content.path(0).path("thinking").asString("")).isEqualTo("let me see");
        assertThat(content.path(0).path("signature").asString("")).isEqualTo(Signature.of("let me see"));
        assertThat(content.path(1).path("text").asString("")).isEqualTo("I will look");
        assertThat(content.path(2).path("id").asString("")).isEqualTo("call_1");
        assertThat(input(content.path(2))).isEqualTo("{\"a\":1}");
        assertThat(received.types()).startsWith("message_start", "ping", "content_block_start");
    }

    @Test
    void a17_callsThatOverlapBecomeBlocksThatDoNot() {
        JsonNode content = content(chunks(
                        call("{index:0,id:'a',function:{name:'Bash',arguments:''}}"),
                        call("{index:1,id:'b',function:{name:'Read',arguments:'{\"f\"'}}"),
                        call("{index:0,function:{arguments:'{\"c\":'}}"),
                        call("{index:1,function:{arguments:':2}'}}"),
                        delta("{content:'meanwhile'}"),
                        call("{index:0,function:{arguments:'1}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(content).hasSize(3);
        assertThat(input(content.path(0))).isEqualTo("{\"c\":1}");
        assertThat(input(content.path(1))).isEqualTo("{\"f\":2}");
        assertThat(content.path(2).path("text").asString("")).isEqualTo("meanwhile");
    }

    @Test
    void a17_anIdOrANameMayComeLateOrInPieces() {
        JsonNode content = content(chunks(
                        call("{index:0,function:{name:'mcp__katra'}}"),
                        call("{index:0,function:{name:'__say',arguments:'{\"m\"'}}"),
                        call("{index:0,id:'late',function:{arguments:':\"hi\"}'}}"),
                        call("{index:1,function:{name:'Bash',arguments:'{}'}}"),
                        finish("stop"))
                + DONE);
        assertThat(content.path(0).path("name").asString("")).isEqualTo("mcp__katra__say");
        assertThat(content.path(0).path("id").asString("")).isEqualTo("late");
        assertThat(input(content.path(0))).isEqualTo("{\"m\":\"hi\"}");
        assertThat(content.path(1).path("id").asString("")).startsWith("toolu_");
    }

    @Test
    void argumentsThatAreRepeatedOrOnlyStandInForOthersAreNotAdded() {
        JsonNode content = content(chunks(
                        call("{index:0,id:'a',function:{name:'Bash',arguments:'{}'}}"),
                        call("{index:0,function:{arguments:'{\"c\":1}'}}"),
                        call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":1}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(content).hasSize(1);
        assertThat(input(content.path(0))).isEqualTo("{\"c\":1}");
    }

    @Test
    void callsThatAllHaveTheIndexZeroAreToldApart() {
        JsonNode content = content(chunks(
                        call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":1}'}}"),
                        call("{index:0,id:'b',function:{name:'Bash',arguments:'{\"c\":2}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(content).hasSize(2);
        JsonNode nameless = content(chunks(
                        call("{function:{name:'Bash',arguments:'{}'}}"),
                        call("{function:{name:'Read',arguments:'{\"c\":2}'}}"),
                        call("{function:{name:'Read',arguments:'{\"c\":3}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(nameless).hasSize(3);
        assertThat(input(nameless.path(2))).isEqualTo("{\"c\":3}");
    }

    @Test
    void anIdThatTheClientWouldRefuseTravelsEncoded() {
        JsonNode block = content(chunks(
                                call("{index:0,id:'functions.Bash:0',function:{name:'Bash',arguments:'{\"c\":1}'}}"),
                                finish("tool_calls"))
                        + DONE)
                .path(0);
        String id = block.path("id").asString("");
        assertThat(id).matches("[a-zA-Z0-9_-]+");
        JsonNode body = Gateway.body(
                new ChatCodec(),
                Targets.plain(),
                "{messages:[{role:'assistant',content:[{type:'tool_use',id:'" + id
                        + "',name:'Bash',input:{}}]},{role:'user',content:[{type:'tool_result',tool_use_id:'" + id
                        + "'}]}]}");
        assertThat(body.path("messages")
                        .path(0)
                        .path("tool_calls")
                        .path(0)
                        .path("id")
                        .asString(""))
                .isEqualTo("functions.Bash:0");
        assertThat(body.path("messages").path(1).path("tool_call_id").asString(""))
                .isEqualTo("functions.Bash:0");
    }

    @Test
    void bracketsThatAreMissingAtTheEndAreAddedUnlessTheAnswerWasCut() {
        String call = call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":[1'}}");
        assertThat(input(content(chunks(call, finish("tool_calls")) + DONE).path(0)))
                .isEqualTo("{\"c\":[1]}");
        Received cut = receive(chunks(call, finish("length")) + DONE);
        assertThat(cut.events()
                        .get(cut.events().size() - 2)
                        .path("delta")
                        .path("stop_reason")
                        .asString(""))
                .isEqualTo("max_tokens");
        assertThat(cut.events().toString()).contains("\"partial_json\":\"{\\\"c\\\":[1\"");
    }

    @Test
    void argumentsOfAModelThatWritesBadlyAreRepairedBeforeTheyAreSeen() {
        Received received = Gateway.stream(
                new ChatCodec(),
                Targets.plain(Quirk.BUFFERED_TOOLS),
                new ToolNames(),
                chunks(
                                call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":[1,],'}}"),
                                call("{index:0,function:{arguments:'}'}}"),
                                finish("tool_calls"))
                        + DONE);
        assertThat(input(received.message().path("content").path(0))).isEqualTo("{\"c\":[1]}");
    }

    @Test
    void a27_allNumbersOfTheUseAreThereAndDoNotOverlap() {
        Received received = receive(chunks(delta("{content:'hi'}"), finish("stop"))
                + "data:{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":7,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":60}}}\n\n" + DONE);
        assertThat(received.events().get(0).path("message").path("usage"))
                .isEqualTo(Json.of(
                        "{input_tokens:42,cache_creation_input_tokens:0,cache_read_input_tokens:0,output_tokens:1}"));
        assertThat(received.events().get(received.events().size() - 2).path("usage"))
                .isEqualTo(Json.of(
                        "{input_tokens:40,cache_creation_input_tokens:0,cache_read_input_tokens:60,output_tokens:7}"));
    }

    @ParameterizedTest
    @CsvSource({"stop, end_turn", "length, max_tokens", "content_filter, refusal", "eos, end_turn"})
    void theReasonOfTheEndIsTranslated(String reason, String stop) {
        assertThat(receive(chunks(delta("{content:'hi'}"), finish(reason)) + DONE)
                        .message()
                        .path("stop_reason")
                        .asString(""))
                .isEqualTo(stop);
    }

    @Test
    void anAnswerWithACallStopsForItWhateverTheReasonSays() {
        String call = call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":1}'}}");
        for (String reason : new String[] {"stop", "length", "tool_calls"}) {
            assertThat(receive(chunks(call, finish(reason)) + DONE)
                            .message()
                            .path("stop_reason")
                            .asString(""))
                    .isEqualTo("tool_use");
        }
    }

    @Test
    void a40_anAnswerThatBreaksOffIsAnErrorAndNeverAnEnd() {
        String text = chunks(delta("{content:'half an'}"));
        String call = chunks(call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"command\":\"rm -rf /tmp/'}}"));
        for (String broken : new String[] {text, call, call + DONE, "", DONE, call + chunks(finish("tool_calls"))}) {
            Received received = receive(broken);
            assertThat(received.types()).endsWith("error").doesNotContain("message_delta", "message_stop");
        }
        Received received = receive(text);
        assertThat(received.events()
                        .get(received.events().size() - 1)
                        .path("error")
                        .path("type")
                        .asString(""))
                .isEqualTo("api_error");
    }

    @Test
    void a40_anErrorInsideTheStreamIsAnErrorEvent() {
        Received received = receive(chunks(delta("{content:'half an'}"))
                + "data: {\"error\":{\"message\":\"Overloaded\",\"code\":503}}\n\n"
                + chunks(delta("{content:'more'}")) + DONE);
        assertThat(received.events().get(received.events().size() - 1))
                .isEqualTo(Json.of(
                        "{type:'error',error:{type:'overloaded_error',message:'acme is overloaded · Overloaded'}}"));
    }

    @Test
    void commentsAndAnyLineEndsAreTaken() {
        assertThat(content(": keep-alive\r\n\r\n"
                                + chunks(delta("{content:'hé'}"), finish("stop"))
                                        .replace("\n", "\r\n")
                                + ":\n\ndata:[DONE]")
                        .path(0)
                        .path("text")
                        .asString(""))
                .isEqualTo("hé");
    }

    @Test
    void anEmptyAnswerIsAnEmptyText() {
        JsonNode message =
                receive(chunks(delta("{content:null}"), finish("stop")) + DONE).message();
        assertThat(message.path("content")).hasSize(1);
        assertThat(message.path("content").path(0).path("text").asString("x")).isEmpty();
    }

    @Test
    void aWholeAnswerIsTheSameMessage() {
        JsonNode message = Gateway.whole(new ChatCodec(), Targets.plain(), """
                {id:'c1',choices:[{finish_reason:'tool_calls',message:{content:'hi',reasoning:'hm',tool_calls:[
                  {id:'a',type:'function',function:{name:'Bash',arguments:'{"c":1,}'}},
                  {id:'b',type:'function',function:{name:'Bash',arguments:''}},
                  {id:'c',type:'function',function:{name:'Bash',arguments:'{"c":"1'}}]}}],
                 usage:{prompt_tokens:3,completion_tokens:2}}""");
        assertThat(message.path("content")).isEqualTo(Json.of("""
                                [{type:'thinking',thinking:'hm',signature:'%s'},{type:'text',text:'hi'},
                                 {type:'tool_use',id:'a',name:'Bash',input:{c:1}},
                                 {type:'tool_use',id:'b',name:'Bash',input:{}},
                                 {type:'tool_use',id:'c',name:'Bash',input:'{"c":"1'}]""".formatted(Signature.of("hm"))));
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
        assertThat(message.path("usage").path("input_tokens").asInt(0)).isEqualTo(3);
    }
}
