package dev.katra.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Histories;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.CallIds;
import dev.katra.gateway.tool.ToolNames;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ResponsesStreamDecoderTests {

    private static final String CREATED = "{type:'response.created',response:{id:'resp_1',status:'in_progress'}}";
    private static final String COMPLETED =
            "{type:'response.completed',response:{id:'resp_1',status:'completed',usage:{input_tokens:50,output_tokens:5,input_tokens_details:{cached_tokens:20}}}}";

    private static String events(String... events) {
        return Stream.of(events)
                .map(Json::of)
                .map(event -> "event: " + event.path("type").asString("") + "\ndata: " + event + "\n\n")
                .collect(Collectors.joining());
    }

    private static ReceivedStream receive(String... events) {
        return Gateway.stream(new ResponsesCodec(), Targets.reasoning(), new ToolNames(), events(events));
    }

    @Test
    void reasoningTextAndCallsBecomeBlocksInTheirOrder() {
        ReceivedStream received = receive(
                CREATED,
                "{type:'response.output_item.added',output_index:0,item:{type:'reasoning',id:'rs_1',summary:[]}}",
                "{type:'response.reasoning_summary_part.added',output_index:0,item_id:'rs_1',summary_index:0}",
                "{type:'response.reasoning_summary_text.delta',output_index:0,item_id:'rs_1',summary_index:0,delta:'first'}",
                "{type:'response.reasoning_summary_text.delta',output_index:0,item_id:'rs_1',summary_index:1,delta:'second'}",
                "{type:'response.output_item.done',output_index:0,item:{type:'reasoning',id:'rs_1',encrypted_content:'gAA',summary:[{text:'first'},{text:'second'}]}}",
                "{type:'response.output_item.added',output_index:1,item:{type:'message',id:'m_1'}}",
                "{type:'response.output_text.delta',output_index:1,item_id:'m_1',content_index:0,delta:'hel'}",
                "{type:'response.output_text.delta',output_index:1,item_id:'m_1',content_index:0,delta:'lo'}",
                "{type:'response.output_text.done',output_index:1,item_id:'m_1',content_index:0,text:'hello'}",
                "{type:'response.output_item.done',output_index:1,item:{type:'message',id:'m_1',content:[{type:'output_text',text:'hello'}]}}",
                "{type:'response.output_item.added',output_index:2,item:{type:'function_call',id:'fc_1',call_id:'call_1',name:'Bash',arguments:''}}",
                "{type:'response.function_call_arguments.delta',output_index:2,item_id:'fc_1',delta:'{\"a\":'}",
                "{type:'response.function_call_arguments.delta',output_index:2,item_id:'fc_1',delta:'1}'}",
                "{type:'response.function_call_arguments.done',output_index:2,item_id:'fc_1',arguments:'{\"a\":1}'}",
                "{type:'response.output_item.done',output_index:2,item:{type:'function_call',id:'fc_1',call_id:'call_1',name:'Bash',arguments:'{\"a\":1}',status:'completed'}}",
                COMPLETED);
        JsonNode message = received.message();
        String signature = ThinkingSignature.of(new ThinkingSignature.Item(Targets.MAKER, "rs_1", "gAA"));
        assertThat(message.path("content").path(0).path("thinking").asString(""))
                .isEqualTo("first\n\nsecond");
        assertThat(message.path("content").path(0).path("signature").asString(""))
                .isEqualTo(signature);
        assertThat(message.path("content").path(1).path("text").asString("")).isEqualTo("hello");
        assertThat(message.path("content").path(2).path("id").asString("")).isEqualTo("call_1");
        assertThat(message.path("content").path(2).path("input")).isEqualTo(Json.of("{a:1}"));
        assertThat(message.path("content")).hasSize(3);
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
        assertThat(message.path("usage").path("input_tokens").asInt(0)).isEqualTo(30);
        assertThat(message.path("usage").path("cache_read_input_tokens").asInt(0))
                .isEqualTo(20);
    }

    @Test
    void a15_reasoningWithoutSummaryIsThinkingWithNothingButASignature() {
        JsonNode block = receive(
                        CREATED,
                        "{type:'response.output_item.done',output_index:0,item:{type:'reasoning',id:'rs_1',encrypted_content:'gAA',summary:[]}}",
                        "{type:'response.output_text.delta',output_index:1,delta:'hi'}",
                        COMPLETED)
                .message()
                .path("content")
                .path(0);
        assertThat(block.path("thinking").asString("x")).isEmpty();
        assertThat(ThinkingSignature.item(block.path("signature").asString(""), Targets.MAKER))
                .isPresent();
    }

    @Test
    void beginningsAndPiecesThatWereLeftOutAreMadeUp() {
        JsonNode content = receive(
                        "{type:'response.function_call_arguments.delta',output_index:0,item_id:'fc',delta:'{\"a\":1}'}",
                        "{type:'response.output_item.done',output_index:0,item:{type:'function_call',id:'other',call_id:'c1',name:'Bash',arguments:'{\"a\":1}'}}",
                        "{type:'response.output_item.done',output_index:1,item:{type:'message',id:'m',content:[{type:'output_text',text:'whole'}]}}",
                        "{type:'response.completed',response:{status:'completed',output:[{type:'function_call',id:'other',call_id:'c1',name:'Bash',arguments:'{\"a\":1}'},{type:'message',id:'m',content:[{type:'output_text',text:'whole'}]},{type:'function_call',id:'fc2',call_id:'c2',name:'Read',arguments:'{}'}]}}")
                .message()
                .path("content");
        assertThat(content).hasSize(3);
        assertThat(content.path(0).path("input")).isEqualTo(Json.of("{a:1}"));
        assertThat(content.path(1).path("text").asString("")).isEqualTo("whole");
        assertThat(content.path(2).path("name").asString("")).isEqualTo("Read");
    }

    @Test
    void a17_callsThatOverlapBecomeBlocksThatDoNot() {
        JsonNode content = receive(
                        CREATED,
                        "{type:'response.output_item.added',output_index:0,item:{type:'function_call',id:'f0',call_id:'a',name:'Bash'}}",
                        "{type:'response.output_item.added',output_index:1,item:{type:'function_call',id:'f1',call_id:'b',name:'Read'}}",
                        "{type:'response.function_call_arguments.delta',output_index:1,delta:'{\"r\":'}",
                        "{type:'response.function_call_arguments.delta',output_index:0,delta:'{\"b\":1}'}",
                        "{type:'response.function_call_arguments.delta',output_index:1,delta:'2}'}",
                        COMPLETED)
                .message()
                .path("content");
        assertThat(content).hasSize(2);
        assertThat(content.toString()).contains("{\"b\":1}", "{\"r\":2}");
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens, max_tokens", "content_filter, refusal"})
    void anIncompleteAnswerSaysWhy(String reason, String stop) {
        assertThat(receive(
                                CREATED,
                                "{type:'response.output_text.delta',output_index:0,delta:'hi'}",
                                "{type:'response.incomplete',response:{status:'incomplete',incomplete_details:{reason:'"
                                        + reason + "'}}}")
                        .message()
                        .path("stop_reason")
                        .asString(""))
                .isEqualTo(stop);
    }

    @Test
    void aCallThatWasCutIsNotRepairedIntoAnotherOne() {
        ReceivedStream received = receive(
                CREATED,
                "{type:'response.output_item.added',output_index:0,item:{type:'function_call',id:'f0',call_id:'a',name:'Bash'}}",
                "{type:'response.function_call_arguments.delta',output_index:0,delta:'{\"n\":12'}",
                "{type:'response.output_item.done',output_index:0,item:{type:'function_call',id:'f0',call_id:'a',name:'Bash',arguments:'{\"n\":12',status:'incomplete'}}",
                "{type:'response.incomplete',response:{status:'incomplete',incomplete_details:{reason:'max_output_tokens'}}}");
        assertThat(received.events().toString())
                .contains("\"stop_reason\":\"max_tokens\"")
                .doesNotContain("12}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aborted", "server_shutdown", "stop"})
    void anAnswerThatIsIncompleteForNoKnownReasonIsAnError(String reason) {
        ReceivedStream received = receive(
                CREATED,
                "{type:'response.output_text.delta',output_index:0,delta:'hi'}",
                "{type:'response.incomplete',response:{status:'incomplete',incomplete_details:{reason:'" + reason
                        + "'}}}");
        assertThat(received.types()).endsWith("error").doesNotContain("message_delta", "message_stop");
        assertThat(received.events().toString()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'{'", "'{\"c\":[1'"})
    void aCallThatTheVendorFilteredIsNotOffered(String arguments) {
        String call = arguments.isEmpty() ? "" : ",arguments:" + arguments;
        ReceivedStream received = receive(
                CREATED,
                "{type:'response.output_item.done',output_index:0,item:{type:'function_call',id:'f0',call_id:'a',name:'Bash'"
                        + call + ",status:'incomplete'}}",
                "{type:'response.incomplete',response:{status:'incomplete',incomplete_details:{reason:'content_filter'}}}");
        assertThat(received.events().toString())
                .contains("\"stop_reason\":\"refusal\"")
                .doesNotContain("[1]")
                .doesNotContain(arguments.isEmpty() ? "Bash" : "}\\\"");
    }

    @Test
    void anIdThatTheHistoryHasIsReplaced() {
        var names = new ToolNames(CallIds.after(Histories.withCalls("call_0", "call_1")));
        JsonNode content = Gateway.stream(
                        new ResponsesCodec(),
                        Targets.reasoning(),
                        names,
                        events(
                                CREATED,
                                "{type:'response.output_item.done',output_index:0,item:{type:'function_call',id:'f0',call_id:'call_0',name:'Bash',arguments:'{}'}}",
                                "{type:'response.output_item.done',output_index:1,item:{type:'function_call',id:'f1',call_id:'call_1',name:'Bash',arguments:'{}'}}",
                                COMPLETED))
                .message()
                .path("content");
        assertThat(content.findValuesAsString("id")).containsExactly("call_2", "call_3");
    }

    @Test
    void a40_anAnswerThatFailsOrBreaksOffIsAnErrorAndNeverAnEnd() {
        String text = "{type:'response.output_text.delta',output_index:0,delta:'half an'}";
        ReceivedStream failed = receive(
                CREATED,
                text,
                "{type:'response.failed',response:{status:'failed',error:{code:'server_error',message:'oops'}}}");
        ReceivedStream error =
                receive(CREATED, "{type:'error',code:'rate_limit_exceeded',message:'slow down',param:null}");
        ReceivedStream cut = receive(CREATED, text);
        for (ReceivedStream received : new ReceivedStream[] {failed, error, cut}) {
            assertThat(received.types()).endsWith("error").doesNotContain("message_delta", "message_stop");
        }
        assertThat(failed.events().toString()).contains("api_error", "oops");
        assertThat(error.events().toString()).contains("rate_limit_error", "slow down");
        assertThat(cut.events().toString()).contains("upstream closed the stream");
    }

    @Test
    void whatWasFoundOnTheWebIsNamed() {
        assertThat(receive(
                                CREATED,
                                "{type:'response.output_item.done',output_index:0,item:{type:'web_search_call',id:'ws'}}",
                                "{type:'response.output_text.delta',output_index:1,delta:'It rains'}",
                                "{type:'response.output_text.annotation.added',output_index:1,annotation:{type:'url_citation',url:'https://w.test',title:'Weather'}}",
                                COMPLETED)
                        .message()
                        .path("content")
                        .path(0)
                        .path("text")
                        .asString(""))
                .isEqualTo("It rains\n\nSources:\n- [Weather](https://w.test)");
    }

    @Test
    void aWholeAnswerIsTheSameMessage() {
        JsonNode message = Gateway.whole(new ResponsesCodec(), Targets.reasoning(), """
                {id:'resp_1',status:'completed',output:[
                  {type:'reasoning',id:'rs_1',encrypted_content:'gAA',summary:[{type:'summary_text',text:'hm'}]},
                  {type:'message',id:'m',content:[{type:'output_text',text:'hi'},{type:'refusal',refusal:'no'}]},
                  {type:'function_call',call_id:'a',name:'Bash',arguments:'{"c":1,}'}],
                 usage:{input_tokens:3,output_tokens:2}}""");
        assertThat(message.path("content")).isEqualTo(Json.of("""
                                [{type:'thinking',thinking:'hm',signature:'%s'},{type:'text',text:'hi\\n\\nno'},
                                 {type:'tool_use',id:'a',name:'Bash',input:{c:1}}]""".formatted(
                        ThinkingSignature.of(new ThinkingSignature.Item(Targets.MAKER, "rs_1", "gAA")))));
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type:'response.output_item.done',output_index:0,item:{type:'function_call',id:'f',call_id:'c',arguments:'{\"a\":1}'}}",
                "{type:'response.function_call_arguments.delta',output_index:0,item_id:'f',delta:'{\"a\":1}'}",
                "{type:'response.output_item.added',output_index:0,item:{type:'function_call',id:'f',call_id:'c'}}"
            })
    void aCallWhoseNameNeverComesIsAnError(String call) {
        ReceivedStream received = receive(
                CREATED, "{type:'response.output_text.delta',output_index:1,item_id:'m',delta:'hi'}", call, COMPLETED);

        assertThat(received.events().toString()).contains("without naming it").doesNotContain("tool_use");
        assertThat(new ResponsesCodec()
                        .whole(
                                Json.of(
                                        "{status:'completed',output:[{type:'function_call',call_id:'c',arguments:'{}'}]}"),
                                Targets.reasoning(),
                                new ToolNames())
                        .toString())
                .contains("without naming it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\":"})
    void aCallThatTheCompletedResponseNeverFinishesIsAnError(String arguments) {
        ReceivedStream received = receive(
                CREATED,
                "{type:'response.output_item.added',output_index:0,item:{type:'function_call',id:'f',call_id:'c',name:'Bash'}}",
                "{type:'response.function_call_arguments.delta',output_index:0,item_id:'f',delta:'%s'}"
                        .formatted(arguments),
                COMPLETED);

        assertThat(received.events().toString()).contains("half a tool call").doesNotContain("message_stop");
    }
}
