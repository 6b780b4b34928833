package dev.katra.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.ReceivedStream;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.ToolNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatStreamDecoderTests {

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

    private static ReceivedStream receive(String upstream) {
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
        ReceivedStream received = receive(chunks(
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
        assertThat(message.path("id").asString("")).startsWith("msg_").isNotEqualTo("msg_c1");
        assertThat(message.path("model").asString("")).isEqualTo("claude-opus-5-5");
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
        JsonNode content = message.path("content");
        assertThat(content.path(0).path("thinking").asString("")).isEqualTo("let me see");
        assertThat(content.path(0).path("signature").asString("")).isEqualTo(ThinkingSignature.of("let me see"));
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

    @ParameterizedTest
    @ValueSource(strings = {"stop", "tool_calls", "length", "content_filter"})
    void argumentsThatWereCutAreNeverMended(String reason) {
        for (String cut : List.of(
                "{\\\"c\\\":[1", "{\\\"c\\\":{\\\"d\\\":\\\"x\\\"", "{\\\"d\\\":\\\"d\\\",\\\"c\\\":\\\"touch HALF")) {
            String call = call("{index:0,id:'a',function:{name:'Bash',arguments:\"" + cut + "\"}}");
            for (Quirk[] quirks : new Quirk[][] {{}, {Quirk.BUFFERED_TOOLS}}) {
                ReceivedStream received = Gateway.stream(
                        new ChatCodec(), Targets.plain(quirks), new ToolNames(), chunks(call, finish(reason)) + DONE);
                String json = received.events().stream()
                        .map(event -> event.path("delta").path("partial_json").asString(""))
                        .collect(Collectors.joining());
                assertThat(json).isEqualTo(cut.replace("\\", ""));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"length, max_tokens", "content_filter, refusal"})
    void aCallThatWasCutBeforeItsArgumentsIsNotOffered(String reason, String stop) {
        ReceivedStream received = receive(chunks(
                        call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"c\":1}'}}"),
                        call("{index:1,id:'b',function:{name:'Deploy',arguments:''}}"),
                        finish(reason))
                + DONE);
        assertThat(received.events().toString()).contains("\"" + stop + "\"").doesNotContain("Deploy");
        String args = received.events().toString();
        assertThat(args).contains("Bash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient_system_resource",
                "network_error",
                "abort",
                "MALFORMED_FUNCTION_CALL",
                "function_call_filter: MALFORMED_FUNCTION_CALL",
                "OTHER",
                "error",
                "repetition",
                "what nobody knows"
            })
    void anAnswerThatTheEndpointGaveUpIsAnErrorAndNoCallOfItIsComplete(String reason) {
        String half = call(
                "{index:0,id:'a',function:{name:'Bash',arguments:'{\"description\":\"d\",\"command\":\"touch HALF_RAN\"'}}");
        for (String said : List.of(half, delta("{content:'hi'}"))) {
            ReceivedStream received = receive(chunks(said, finish(reason)) + DONE);
            assertThat(received.types()).endsWith("error").doesNotContain("message_delta", "message_stop");
            assertThat(received.events().toString()).contains(reason).doesNotContain("HALF_RAN\\\"}");
        }
    }

    @Test
    void whatIsShortOfResourcesIsOverloaded() {
        assertThat(receive(chunks(delta("{content:'hi'}"), finish("insufficient_system_resource")) + DONE)
                        .events()
                        .toString())
                .contains("overloaded_error");
    }

    @Test
    void aStreamThatEndsInTheMiddleOfACallIsAnErrorWhateverItSaid() {
        String half = call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"command\":\"touch HALF\"'}}");
        for (String end : List.of("", chunks(finish("stop")), chunks(finish("tool_calls")), DONE)) {
            assertThat(receive(chunks(half) + end).types())
                    .endsWith("error")
                    .doesNotContain("content_block_stop", "message_stop");
        }
    }

    @Test
    void anEventWithoutItsBlankLineIsTheLast() {
        String chunk = "data: " + Json.of("{choices:[{delta:{content:'hi'},finish_reason:'stop'}]}");
        assertThat(content(chunk).path(0).path("text").asString("")).isEqualTo("hi");
        assertThat(content(chunk + "\n").path(0).path("text").asString("")).isEqualTo("hi");
    }

    private static String events(String... data) {
        return Stream.of(data).map(each -> "data: " + each + "\n\n").collect(Collectors.joining());
    }

    @Test
    void aCharacterInTwoHalvesIsOne() {
        String text = events(
                "{\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"\\ude00b\"}}]}");
        String thought = text.replace("content", "reasoning_content");
        String begin = "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,";
        String call = events(
                begin + "\"id\":\"a\",\"function\":{\"name\":\"Say\",\"arguments\":\"{\\\"t\\\":\\\"\\ud83d\"}}]}}]}",
                begin + "\"function\":{\"arguments\":\"\\ude00\\\"}\"}}]}}]}");
        JsonNode content = content(thought + text + call + chunks(finish("tool_calls")) + DONE);
        assertThat(content.path(0).path("thinking").asString("")).isEqualTo("a😀b");
        assertThat(content.path(1).path("text").asString("")).isEqualTo("a😀b");
        assertThat(content.path(2).path("input").path("t").asString("")).isEqualTo("😀");
    }

    @Test
    void aNameMayBeginLikeAnother() {
        var names = new ToolNames();
        names.upstream("Read");
        names.upstream("ReadFile");
        String read = call("{index:0,id:'a',function:{name:'Read'}}");
        String file = call("{index:0,function:{name:'File'}}");
        String arguments = call("{index:0,function:{arguments:'{\"c\":1}'}}");
        assertThat(named(names, read, file, arguments)).isEqualTo("ReadFile");
        assertThat(named(names, read, arguments)).isEqualTo("Read");
        assertThat(named(names, read, read, arguments)).isEqualTo("Read");
    }

    @ParameterizedTest
    @CsvSource({
        "bash, Bash",
        "BASH, Bash",
        "functions.Bash, Bash",
        "default_api:bash, Bash",
        "Bash<|channel|>commentary, Bash",
        "web_fetch, WebFetch",
        "mcp__katra__Say, mcp__katra__say",
        "Unheard, Unheard"
    })
    void aToolIsFoundWhateverTheModelMakesOfItsName(String called, String name) {
        var names = new ToolNames();
        List.of("Bash", "WebFetch", "mcp__katra__say", "A_b", "a_B").forEach(names::upstream);
        String call = call("{index:0,id:'a',function:{name:'" + called + "',arguments:'{\"c\":1}'}}");
        assertThat(named(names, call)).isEqualTo(name);
        assertThat(named(names, call("{index:0,id:'a',function:{name:'a_b',arguments:'{}'}}")))
                .isEqualTo("a_b");
    }

    private static String named(ToolNames names, String... chunks) {
        return Gateway.stream(
                        new ChatCodec(), Targets.plain(), names, chunks(chunks) + chunks(finish("tool_calls")) + DONE)
                .message()
                .path("content")
                .path(0)
                .path("name")
                .asString("");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{choices:[]} | overloaded or filter",
                "{choices:[],usage:{prompt_tokens:3}} | overloaded or filter",
                "{choices:[],message:'no capacity'} | no capacity"
            })
    void anAnswerWithoutAChoiceIsSaidToBeOne(String chunk, String said) {
        String data = "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\ndata: " + Json.of(chunk) + "\n\n";
        ReceivedStream received = receive(data + DONE);
        assertThat(received.types()).endsWith("error");
        assertThat(received.events().toString())
                .contains("sent a reply without an answer", said)
                .doesNotContain("closed the stream");
        assertThat(receive(data).events().toString()).contains("closed the stream");
    }

    @Test
    void aCallWhoseNameNeverComesIsAnError() {
        ReceivedStream received =
                receive(chunks(call("{index:0,id:'a',function:{arguments:'{\"c\":1}'}}"), finish("tool_calls")) + DONE);
        assertThat(received.types()).endsWith("error");
        assertThat(received.events().toString()).contains("without naming it").doesNotContain("\"name\":\"\"");
    }

    @Test
    void argumentsThatGrowFromPieceToPieceAreNotAdded() {
        for (String id : List.of("id:'a',", "")) {
            String begin = "{index:0," + id + "function:{name:'Bash',arguments:'";
            JsonNode content = content(chunks(
                            call(begin + "{\"command\":'}}"),
                            call(begin + "{\"command\":\"ls'}}"),
                            call(begin + "{\"command\":\"ls -l\"'}}"),
                            call(begin + "{\"command\":\"ls -l\"}'}}"),
                            call(begin + "{\"command\":\"ls -l\"}'}}"),
                            finish("tool_calls"))
                    + DONE);
            assertThat(content).hasSize(1);
            assertThat(input(content.path(0))).isEqualTo("{\"command\":\"ls -l\"}");
        }
    }

    @Test
    void argumentsThatHoldWhatTheyBeginWithAreAdded() {
        String begin = call("{index:0,id:'a',function:{name:'Bash',arguments:'{\"a\":'}}");
        String end = call("{index:0,function:{arguments:'{\"a\":1}}'}}");
        assertThat(input(
                        content(chunks(begin, end, finish("tool_calls")) + DONE).path(0)))
                .isEqualTo("{\"a\":{\"a\":1}}");
    }

    @Test
    void anIdForEachPieceMakesOneCall() {
        for (String index : List.of("index:0,", "")) {
            JsonNode content = content(chunks(
                            call("{" + index + "id:'x1',function:{name:'Bash',arguments:''}}"),
                            call("{" + index + "id:'x2',function:{name:'Bash',arguments:'{\"c'}}"),
                            call("{" + index + "id:'x3',function:{name:'Bash',arguments:'\":tr'}}"),
                            call("{" + index + "id:'x4',function:{name:'Bash',arguments:'ue}'}}"),
                            call("{" + index + "id:'x5',function:{name:'Bash',arguments:'{\"c\":2}'}}"),
                            finish("tool_calls"))
                    + DONE);
            assertThat(content).hasSize(2);
            assertThat(input(content.path(0))).isEqualTo("{\"c\":true}");
            assertThat(input(content.path(1))).isEqualTo("{\"c\":2}");
        }
    }

    @Test
    void callsThatOverlapWithoutAnIndexAreToldApartByTheirIds() {
        JsonNode content = content(chunks(
                        call("{id:'a',function:{name:'Read',arguments:'{\"x'}}"),
                        call("{id:'b',function:{name:'Read',arguments:'{\"y'}}"),
                        call("{id:'a',function:{arguments:'\":1}'}}"),
                        call("{id:'b',function:{arguments:'\":'}}"),
                        call("{function:{arguments:'2}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(content).hasSize(2);
        assertThat(input(content.path(0))).isEqualTo("{\"x\":1}");
        assertThat(input(content.path(1))).isEqualTo("{\"y\":2}");
    }

    @Test
    void callsThatAllHaveTheSameIdAreToldApart() {
        JsonNode content = content(chunks(
                        call("{index:0,id:'call_0',function:{name:'Bash',arguments:'{\"c\":1}'}}"),
                        call("{index:0,id:'call_0',function:{name:'Bash',arguments:'{\"c\":2}'}}"),
                        call("{index:1,id:'call_0',function:{name:'Bash',arguments:'{\"c\":3}'}}"),
                        finish("tool_calls"))
                + DONE);
        assertThat(content.findValuesAsString("id")).containsExactly("call_0", "call_1", "call_2");
        assertThat(input(content.path(1))).isEqualTo("{\"c\":2}");
    }

    @Test
    void noTwoAnswersHaveTheSameId() {
        String answer = chunks(delta("{content:'hi'}"), finish("stop")) + DONE;
        String id = receive(answer).message().path("id").asString("");
        assertThat(id)
                .startsWith("msg_")
                .isNotEqualTo(receive(answer).message().path("id").asString(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call_0", "functions.Bash:0", "a"})
    void anIdThatTheHistoryHasIsReplacedAndThePairStaysAPair(String id) {
        var history = new ArrayList<String>();
        var ids = new HashSet<String>();
        for (int turn = 0; turn < 4; turn++) {
            var asked = RequestReader.read(Json.of("{messages:[" + String.join(",", history) + "]}"));
            EncodedRequest encoded = new ChatCodec().encode(asked, Targets.plain());
            String said = call("{index:0,id:'" + id + "',function:{name:'Bash',arguments:'{\"turn\":" + turn + "}'}}");
            JsonNode block = Gateway.stream(
                            new ChatCodec(),
                            Targets.plain(),
                            encoded.names(),
                            chunks(said, finish("tool_calls")) + DONE)
                    .message()
                    .path("content")
                    .path(0);
            String given = block.path("id").asString("");
            assertThat(ids.add(given)).as(given).isTrue();
            history.add("{role:'assistant',content:[" + block + "]}");
            history.add("{role:'user',content:[{type:'tool_result',tool_use_id:'" + given + "',content:'result " + turn
                    + "'}]}");
        }
        JsonNode messages = Gateway.body(
                        new ChatCodec(), Targets.plain(), "{messages:[" + String.join(",", history) + "]}")
                .path("messages");
        assertThat(messages).hasSize(8);
        for (int turn = 0; turn < 4; turn++) {
            JsonNode call = messages.path(2 * turn).path("tool_calls").path(0);
            JsonNode result = messages.path(2 * turn + 1);
            assertThat(call.path("function").path("arguments").asString("")).isEqualTo("{\"turn\":" + turn + "}");
            assertThat(result.path("content").asString("")).isEqualTo("result " + turn);
            assertThat(result.path("tool_call_id")).isEqualTo(call.path("id"));
        }
        assertThat(messages.path(0).path("tool_calls").path(0).path("id").asString(""))
                .isEqualTo(id);
        assertThat(messages.findValuesAsString("tool_call_id")).doesNotHaveDuplicates();
    }

    @Test
    void argumentsOfAModelThatWritesBadlyAreRepairedBeforeTheyAreSeen() {
        ReceivedStream received = Gateway.stream(
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
        ReceivedStream received = receive(chunks(delta("{content:'hi'}"), finish("stop"))
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
    @CsvSource({
        "stop, end_turn",
        "STOP, end_turn",
        "eos, end_turn",
        "length, max_tokens",
        "MAX_TOKENS, max_tokens",
        "model_length, max_tokens",
        "model_context_window_exceeded, max_tokens",
        "content_filter, refusal",
        "content_filter: PROHIBITED_CONTENT, refusal",
        "sensitive, refusal"
    })
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
            ReceivedStream received = receive(broken);
            assertThat(received.types()).endsWith("error").doesNotContain("message_delta", "message_stop");
        }
        ReceivedStream received = receive(text);
        assertThat(received.events()
                        .get(received.events().size() - 1)
                        .path("error")
                        .path("type")
                        .asString(""))
                .isEqualTo("api_error");
    }

    @Test
    void a40_anErrorInsideTheStreamIsAnErrorEvent() {
        ReceivedStream received = receive(chunks(delta("{content:'half an'}"))
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
                                 {type:'tool_use',id:'c',name:'Bash',input:'{"c":"1'}]""".formatted(ThinkingSignature.of("hm"))));
        assertThat(message.path("stop_reason").asString("")).isEqualTo("tool_use");
        assertThat(message.path("usage").path("input_tokens").asInt(0)).isEqualTo(3);
    }
}
