package dev.katra.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.ToolNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ResponseOutputReaderTests {

    private static final String COMPLETED = "{type:'response.completed',response:{status:'completed'}}";

    /** What a correct endpoint sends: a reasoning, a text in two parts, two calls. */
    private static final List<String> WHOLE = List.of(
            "{type:'response.created',response:{id:'r'}}",
            "{type:'response.output_item.added',output_index:0,item:{type:'reasoning',id:'rs'}}",
            "{type:'response.reasoning_summary_text.delta',output_index:0,item_id:'rs',summary_index:0,delta:'hm'}",
            "{type:'response.reasoning_summary_text.done',output_index:0,item_id:'rs',summary_index:0,text:'hm'}",
            "{type:'response.output_item.done',output_index:0,item:{type:'reasoning',id:'rs',summary:[{text:'hm'}]}}",
            "{type:'response.output_item.added',output_index:1,item:{type:'message',id:'m'}}",
            "{type:'response.content_part.added',output_index:1,item_id:'m',content_index:0,part:{type:'output_text',text:''}}",
            "{type:'response.output_text.delta',output_index:1,item_id:'m',content_index:0,delta:'one '}",
            "{type:'response.output_text.delta',output_index:1,item_id:'m',content_index:0,delta:'text'}",
            "{type:'response.output_text.done',output_index:1,item_id:'m',content_index:0,text:'one text'}",
            "{type:'response.content_part.done',output_index:1,item_id:'m',content_index:0,part:{type:'output_text',text:'one text'}}",
            "{type:'response.output_text.delta',output_index:1,item_id:'m',content_index:1,delta:'another'}",
            "{type:'response.output_text.done',output_index:1,item_id:'m',content_index:1,text:'another'}",
            "{type:'response.content_part.done',output_index:1,item_id:'m',content_index:1,part:{type:'output_text',text:'another'}}",
            "{type:'response.output_item.done',output_index:1,item:{type:'message',id:'m',content:[{type:'output_text',text:'one text'},{type:'output_text',text:'another'}]}}",
            "{type:'response.output_item.added',output_index:2,item:{type:'function_call',id:'fa',call_id:'a',name:'Bash'}}",
            "{type:'response.function_call_arguments.delta',output_index:2,item_id:'fa',delta:'{\"a\":'}",
            "{type:'response.function_call_arguments.delta',output_index:2,item_id:'fa',delta:'1}'}",
            "{type:'response.function_call_arguments.done',output_index:2,item_id:'fa',arguments:'{\"a\":1}'}",
            "{type:'response.output_item.done',output_index:2,item:{type:'function_call',id:'fa',call_id:'a',name:'Bash',arguments:'{\"a\":1}',status:'completed'}}",
            "{type:'response.output_item.added',output_index:3,item:{type:'function_call',id:'fb',call_id:'b',name:'Read'}}",
            "{type:'response.function_call_arguments.delta',output_index:3,item_id:'fb',delta:'{\"b\":2}'}",
            "{type:'response.function_call_arguments.done',output_index:3,item_id:'fb',arguments:'{\"b\":2}'}",
            "{type:'response.output_item.done',output_index:3,item:{type:'function_call',id:'fb',call_id:'b',name:'Read',arguments:'{\"b\":2}',status:'completed'}}",
            "{type:'response.completed',response:{status:'completed',output:["
                    + "{type:'reasoning',id:'rs',summary:[{text:'hm'}]},"
                    + "{type:'message',id:'m',content:[{type:'output_text',text:'one text'},{type:'output_text',text:'another'}]},"
                    + "{type:'function_call',id:'fa',call_id:'a',name:'Bash',arguments:'{\"a\":1}',status:'completed'},"
                    + "{type:'function_call',id:'fb',call_id:'b',name:'Read',arguments:'{\"b\":2}',status:'completed'}]}}");

    /** One kind of mistake that endpoints make in telling the same response. */
    private record Mistake(String name, List<ObjectNode> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Mistake> mistakes() {
        return Stream.of(
                mistake("none"),
                mistake("every item at 0", event -> at(event, 0)),
                mistake("every part at 0", event -> {
                    if (event.has("content_index")) {
                        event.put("content_index", 0);
                    }
                }),
                mistake("every item and part at 0", event -> {
                    at(event, 0);
                    if (event.has("content_index")) {
                        event.put("content_index", 0);
                    }
                }),
                mistake("no places", event -> event.remove("output_index")),
                mistake("no ids", ResponseOutputReaderTests::nameless),
                mistake("no ids, every item at 0", event -> {
                    nameless(event);
                    at(event, 0);
                }),
                mistake("ids that change", event -> {
                    if (event.has("item_id")) {
                        event.put("item_id", "x" + System.identityHashCode(event));
                    }
                    event.path("item")
                            .asObjectOpt()
                            .ifPresent(item -> item.put("id", "y" + System.identityHashCode(item)));
                }),
                without("added"),
                without("delta"),
                without("delta", "added"),
                without("item.added", "item.done"),
                without("text.done", "part.done", "arguments.done"),
                without("delta", "text.done", "part.done", "arguments.done"),
                without("delta", "text.done", "arguments.done", "item.done", "added"),
                without("delta", "part.done", "item.done", "output_text.done", "arguments.done"),
                without("item.done"),
                mistake("only the end", event -> {}, "added", "delta", "done"),
                mistake("every item at 0, no beginnings", event -> at(event, 0), "added"),
                mistake(
                        "every item at 0, only wholes",
                        event -> at(event, 0),
                        "delta",
                        "added",
                        "text.done",
                        "part.done"),
                mistake(
                        "empty items, text at its own end only",
                        event -> {
                            event.path("item").asObjectOpt().ifPresent(item -> item.remove("content"));
                            event.path("response").path("output").forEach(item -> ((ObjectNode) item)
                                    .remove("content"));
                        },
                        "delta",
                        "part.done"),
                mistake(
                        "empty items, text in the part only",
                        event -> {
                            event.path("item").asObjectOpt().ifPresent(item -> item.remove("content"));
                            event.path("response").path("output").forEach(item -> ((ObjectNode) item)
                                    .remove("content"));
                        },
                        "text.delta",
                        "text.done"));
    }

    private static void nameless(ObjectNode event) {
        event.remove("item_id");
        event.path("item").asObjectOpt().ifPresent(item -> item.remove("id"));
        event.path("response").path("output").forEach(item -> ((ObjectNode) item).remove("id"));
    }

    private static void at(ObjectNode event, int place) {
        if (event.has("output_index")) {
            event.put("output_index", place);
        }
    }

    private static Mistake without(String... ends) {
        return mistake("without " + String.join(", ", ends), event -> {}, ends);
    }

    private static Mistake mistake(String name) {
        return mistake(name, event -> {});
    }

    private static Mistake mistake(String name, Consumer<ObjectNode> change, String... left) {
        var events = new ArrayList<ObjectNode>();
        for (String text : WHOLE) {
            ObjectNode event = (ObjectNode) Json.of(text);
            String type = event.path("type").asString("");
            if (Arrays.stream(left).noneMatch(type::endsWith)) {
                change.accept(event);
                events.add(event);
            }
        }
        return new Mistake(name, events);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void nothingIsLostAndNothingComesTwice(Mistake mistake) {
        JsonNode message = receive(mistake.events()).message();
        var told = new ArrayList<String>();
        for (JsonNode block : message.path("content")) {
            switch (block.path("type").asString("")) {
                case "text" -> told.add(block.path("text").asString(""));
                case "tool_use" -> told.add(block.path("name").asString("") + block.path("input"));
                default -> {}
            }
        }
        assertThat(told).containsExactlyInAnyOrder("one text\n\nanother", "Bash{\"a\":1}", "Read{\"b\":2}");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
    }

    @Test
    void textOfSeveralItemsAtOnePlaceIsKeptApart() {
        assertThat(text(
                        "{type:'response.output_text.delta',output_index:0,item_id:'a',delta:'one'}",
                        "{type:'response.output_text.delta',output_index:0,item_id:'b',delta:'two'}",
                        "{type:'response.output_item.done',output_index:0,item:{type:'message',id:'a',content:[{text:'one'}]}}",
                        "{type:'response.output_item.done',output_index:0,item:{type:'message',id:'b',content:[{text:'two'}]}}",
                        COMPLETED))
                .isEqualTo("one\n\ntwo");
    }

    @Test
    void textThatIsToldOtherwiseAtItsEndIsNotSaidAgain() {
        assertThat(text(
                        "{type:'response.output_text.delta',output_index:0,item_id:'a',content_index:0,delta:'one [1]'}",
                        "{type:'response.output_text.done',output_index:0,item_id:'a',content_index:0,text:'one (1)'}",
                        "{type:'response.content_part.done',output_index:0,item_id:'a',content_index:0,part:{text:'one (1)'}}",
                        "{type:'response.output_item.done',output_index:0,item:{type:'message',id:'a',content:[{text:'one (1)'}]}}",
                        COMPLETED))
                .isEqualTo("one [1]");
    }

    @Test
    void aRefusalThatComesOnlyAtItsEndIsOne() {
        JsonNode message = receiveTexts(List.of(
                        "{type:'response.refusal.done',output_index:0,item_id:'a',content_index:0,refusal:'no'}",
                        COMPLETED))
                .message();
        assertThat(message.path("content").path(0).path("text").asString("")).isEqualTo("no");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("refusal");
    }

    @Test
    void aTextsPhaseComesBackWithIt() {
        JsonNode message = receiveTexts(List.of(
                        "{type:'response.output_item.added',output_index:0,item:{type:'reasoning',id:'rs'}}",
                        "{type:'response.output_item.done',output_index:0,item:{type:'reasoning',id:'rs',encrypted_content:'gAA'}}",
                        "{type:'response.output_item.added',output_index:1,item:{type:'message',id:'m1',phase:'commentary'}}",
                        "{type:'response.output_text.delta',output_index:1,item_id:'m1',delta:'I look'}",
                        "{type:'response.output_item.done',output_index:2,item:{type:'message',id:'m2',phase:'final_answer',content:[{text:'Done'}]}}",
                        COMPLETED))
                .message();
        assertThat(message.path("content")).hasSize(5);
        ObjectNode request = (ObjectNode) Json.of("{model:'m',max_tokens:100,messages:[{role:'user',content:'hi'}]}");
        request.path("messages").asArray().addObject().put("role", "assistant").set("content", message.path("content"));
        JsonNode input = Gateway.body(new ResponsesCodec(), Targets.reasoning(), request.toString())
                .path("input");
        assertThat(input.path(1).path("encrypted_content").asString("")).isEqualTo("gAA");
        assertThat(input.path(2))
                .isEqualTo(
                        Json.of(
                                "{type:'message',role:'assistant',content:[{type:'output_text',text:'I look'}],phase:'commentary'}"));
        assertThat(input.path(3))
                .isEqualTo(
                        Json.of(
                                "{type:'message',role:'assistant',content:[{type:'output_text',text:'Done'}],phase:'final_answer'}"));
        assertThat(input).hasSize(4);
    }

    @Test
    void aPhaseOfAnotherModelStaysAway() {
        String signature = ThinkingSignature.of(new ThinkingSignature.Phase("acme acme-2 x", "commentary"));
        String request = """
                {model:'m',max_tokens:100,messages:[{role:'user',content:'hi'},{role:'assistant',content:[
                  {type:'thinking',thinking:'',signature:'%s'},{type:'text',text:'I look'}]}]}""".formatted(signature);
        assertThat(Gateway.body(new ResponsesCodec(), Targets.reasoning(), request)
                        .toString())
                .contains("I look")
                .doesNotContain("phase");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type:'response.failed',response:{status:'failed'}}",
                "{type:'response.cancelled',response:{status:'cancelled'}}",
                "{type:'response.completed',response:{status:'cancelled'}}",
                "{type:'response.completed',response:{status:'in_progress'}}",
                "{type:'response.completed',response:{status:'queued'}}",
                "{type:'response.done',response:{status:'failed',error:null}}",
                "{type:'response.incomplete',response:{incomplete_details:{reason:'server_shutdown'}}}",
                "{type:'response.incomplete',response:{status:'completed',incomplete_details:{reason:'aborted'}}}"
            })
    void anAnswerThatWasBrokenOffIsAnError(String end) {
        List<String> events = List.of("{type:'response.output_text.delta',output_index:0,delta:'half an'}", end);
        assertThat(receiveTexts(events).types()).endsWith("error").doesNotContain("message_stop", "message_delta");
    }

    @Test
    void anIncompleteAnswerThatDoesNotSayItsStatusIsNotComplete() {
        assertThat(receiveTexts(List.of(
                                "{type:'response.output_text.delta',output_index:0,delta:'half an'}",
                                "{type:'response.incomplete',response:{}}"))
                        .message()
                        .path("stop_reason")
                        .asString(""))
                .isEqualTo("max_tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"command\":\"touch X\"", "{\"command\":\"touch X\",", "{\"n\":1"})
    void aCallThatWasCutIsNeverHandedOverAsOne(String arguments) {
        String item = "{type:'function_call',id:'f',call_id:'a',name:'Bash',arguments:%s,status:'incomplete'}"
                .formatted(Json.of("'" + arguments + "'"));
        List<String> events = List.of(
                "{type:'response.output_item.added',output_index:0,item:{type:'function_call',id:'f',call_id:'a',name:'Bash'}}",
                "{type:'response.function_call_arguments.delta',output_index:0,item_id:'f',delta:%s}"
                        .formatted(Json.of("'" + arguments + "'")),
                "{type:'response.output_item.done',output_index:0,item:" + item + "}");
        for (String end : List.of(
                "{type:'response.incomplete',response:{status:'incomplete',incomplete_details:{reason:'max_output_tokens'},output:["
                        + item + "]}}",
                "{type:'response.completed',response:{status:'completed',output:[" + item + "]}}")) {
            var all = new ArrayList<>(events);
            all.add(end);
            ReceivedStream received = receiveTexts(all);
            if (received.types().contains("message_stop")) {
                String json = received.events().stream()
                        .map(event -> event.path("delta").path("partial_json").asString(""))
                        .collect(Collectors.joining());
                boolean called = received.events().toString().contains("tool_use");
                assertThat(json.isEmpty()).as("nothing is read as {}").isNotEqualTo(called);
                assertThat(json.strip()).doesNotEndWith("}");
                assertThat(received.events().toString()).contains("\"stop_reason\":\"max_tokens\"");
            } else {
                assertThat(received.types()).endsWith("error");
            }
        }
        JsonNode whole = Gateway.whole(
                new ResponsesCodec(),
                Targets.reasoning(),
                "{status:'incomplete',incomplete_details:{reason:'max_output_tokens'},output:[" + item + "]}");
        assertThat(whole.path("stop_reason").asString("")).isEqualTo("max_tokens");
        assertThat(whole.toString()).doesNotContain("tool_use");
    }

    @Test
    void aCallBeforeTheOneThatWasCutIsWhole() {
        JsonNode whole = Gateway.whole(new ResponsesCodec(), Targets.reasoning(), """
                {status:'incomplete',incomplete_details:{reason:'max_output_tokens'},output:[
                 {type:'function_call',call_id:'a',name:'Read',arguments:'{"f":1}',status:'completed'},
                 {type:'function_call',call_id:'b',name:'Bash',arguments:'{"c":',status:'incomplete'}]}""");
        assertThat(whole.path("content")).hasSize(1);
        assertThat(whole.path("content").path(0).path("input")).isEqualTo(Json.of("{f:1}"));
    }

    private static String text(String... events) {
        JsonNode content = receiveTexts(List.of(events)).message().path("content");
        assertThat(content).hasSize(1);
        return content.path(0).path("text").asString("");
    }

    private static ReceivedStream receiveTexts(List<String> events) {
        return receive(events.stream().map(event -> (ObjectNode) Json.of(event)).toList());
    }

    private static ReceivedStream receive(List<ObjectNode> events) {
        String stream = events.stream()
                .map(event -> "event: " + event.path("type").asString("") + "\ndata: " + event + "\n\n")
                .collect(Collectors.joining());
        return Gateway.stream(new ResponsesCodec(), Targets.reasoning(), new ToolNames(), stream);
    }
}
