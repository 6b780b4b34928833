package dev.katra.gateway.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.mock.ChatJudge;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.upstream.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ChatRequestWriterTests {

    private static final String PNG = "{type:'image',source:{type:'base64',media_type:'image/png',data:'AAAA'}}";
    private static final String PDF =
            "{type:'document',title:'a.pdf',source:{type:'base64',media_type:'application/pdf',data:'BBBB'}}";

    private static JsonNode body(Target target, String request) {
        JsonNode body = Gateway.body(new ChatCodec(), target, request);
        ChatJudge.accept(body);
        return body;
    }

    private static JsonNode user(Target target, String content) {
        return body(target, "{messages:[{role:'user',content:[" + content + "]}]}")
                .path("messages")
                .path(0)
                .path("content");
    }

    private static JsonNode results(Target target, String content) {
        return body(
                        target,
                        "{messages:[{role:'assistant',content:[{type:'tool_use',id:'a',name:'Read',input:{}}]},"
                                + "{role:'user',content:[{type:'tool_result',tool_use_id:'a'," + content
                                + "},{type:'text',text:'and?'}]}]}")
                .path("messages");
    }

    @Test
    void textAloneIsAPlainString() {
        assertThat(user(Targets.plain(), "{type:'text',text:'a'},{type:'text',text:''},{type:'text',text:'b'}"))
                .isEqualTo(Json.of("'a\\nb'"));
    }

    @Test
    void imagesAndDocumentsAreParts() {
        assertThat(user(Targets.plain(Quirk.FILES), "{type:'text',text:'a'}," + PNG + "," + PDF))
                .isEqualTo(Json.of("""
                                [{type:'text',text:'a'},{type:'image_url',image_url:{url:'data:image/png;base64,AAAA'}},
                                 {type:'file',file:{filename:'a.pdf',file_data:'data:application/pdf;base64,BBBB'}}]"""));
    }

    @Test
    void whatTheModelCannotReadIsNamedInItsPlace() {
        assertThat(user(Targets.plain(Quirk.NO_IMAGES), PNG + "," + PDF))
                .isEqualTo(Json.of(
                        "'[image omitted: unsupported by acme-1]\\n[document a.pdf omitted: unsupported by acme-1; nothing of"
                                + " it has been read, so get its text by a tool or say so]'"));
        assertThat(user(Targets.plain(), "{type:'document',source:{type:'text',data:'plain'}}"))
                .isEqualTo(Json.of("'plain'"));
    }

    @Test
    void imagesThatAToolReturnsFollowTheLastResult() {
        JsonNode messages = results(Targets.plain(), "content:[" + PNG + "]");
        assertThat(messages.path(1).path("content").asString("")).isEqualTo("[image attached below]");
        assertThat(messages.path(2)).isEqualTo(Json.of("""
                                {role:'user',content:[{type:'text',text:'Images returned by tool call a:'},
                                  {type:'image_url',image_url:{url:'data:image/png;base64,AAAA'}}]}"""));
        assertThat(messages.path(3).path("content").asString("")).isEqualTo("and?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content:'out'                                        | out",
                "content:'gone',is_error:true                         | Error: gone",
                "content:'Error: gone',is_error:true                  | Error: gone",
                "content:[{type:'text',text:'a'},{type:'text',text:'b'}] | a/b",
                "content:[{type:'odd',x:1}]                           | {\"type\":\"odd\",\"x\":1}"
            })
    void resultsAreText(String content, String text) {
        assertThat(results(Targets.plain(), content).path(1).path("content").asString(""))
                .isEqualTo(text.replace('/', '\n'));
    }

    @Test
    void aResultWithoutContentIsEmptyText() {
        assertThat(results(Targets.plain(), "is_error:false")
                        .path(1)
                        .path("content")
                        .asString("x"))
                .isEmpty();
    }

    @Test
    void aCallIsOneMessageWithItsTextAndHasAnObjectForArguments() {
        JsonNode messages = body(Targets.plain(), """
                        {messages:[{role:'user',content:'x'},{role:'assistant',content:[{type:'text',text:'a'},
                          {type:'tool_use',id:'1',name:'Bash',input:{__unparsedToolInput:{raw:'{x',len:2}}},
                          {type:'text',text:'b'},{type:'tool_use',id:'2',name:'Bash',input:null}]}]}""").path("messages");
        assertThat(messages.path(1).path("content").asString("")).isEqualTo("a\nb");
        for (JsonNode call : messages.path(1).path("tool_calls")) {
            assertThat(call.path("function").path("arguments").asString("")).isEqualTo("{}");
        }
    }

    @Test
    void anAnswerWithoutWordsIsLeftOut() {
        assertThat(body(
                                Targets.plain(),
                                "{messages:[{role:'user',content:'x'},{role:'assistant',content:[{type:'text',text:''}]},{role:'user',content:'y'}]}")
                        .path("messages"))
                .hasSize(2);
    }

    @Test
    void samplingIsPassedOnUnlessTheModelReasons() {
        String request =
                "{temperature:0.5,top_p:0.9,stop_sequences:['a','b','c','d','e'],messages:[{role:'user',content:'x'}]}";
        JsonNode plain = body(Targets.plain(), request);
        assertThat(plain.path("temperature").asDouble(0)).isEqualTo(0.5);
        assertThat(plain.path("stop")).hasSize(4);
        for (Target target : new Target[] {Targets.reasoning(), Targets.plain(Quirk.NO_SAMPLING)}) {
            assertThat(body(target, request).propertyNames()).doesNotContain("temperature", "top_p", "stop");
        }
    }

    @Test
    void aStreamAsksForItsUse() {
        String request = "{stream:true,messages:[{role:'user',content:'x'}]}";
        assertThat(body(Targets.plain(), request)
                        .path("stream_options")
                        .path("include_usage")
                        .asBoolean(false))
                .isTrue();
        assertThat(body(Targets.plain(Quirk.NO_STREAM_USAGE), request).has("stream_options"))
                .isFalse();
    }

    @Test
    void anEffortNeverMeetsThinkingThatIsSwitchedOff() {
        JsonNode off = Gateway.body(
                new ChatCodec(), Targets.reasoning(Quirk.THINKING_FIELD), "{messages:[{role:'user',content:'x'}]}");
        assertThat(off.path("thinking").path("type").asString("")).isEqualTo("disabled");
        assertThat(off.has("reasoning_effort")).isFalse();
    }

    @Test
    void toolsThatDoNotFitAreThoseThatAreNeitherBuiltInNorInUse() {
        var tools = new StringBuilder("{name:'Bash'}");
        for (int i = 0; i < 200; i++) {
            tools.append(",{name:'mcp__s__t").append(i).append("'}");
        }
        String request = "{tools:[" + tools
                + "],messages:[{role:'assistant',content:[{type:'tool_use',id:'a',name:'mcp__s__t199',input:{}}]}]}";
        var encoded = new ChatCodec().encode(RequestReader.read(Json.of(request)), Targets.plain());
        assertThat(encoded.body().path("tools")).hasSize(128);
        assertThat(encoded.body().toString()).contains("\"Bash\"");
        assertThat(encoded.leftOut())
                .hasSize(73)
                .doesNotContain("Bash", "mcp__s__t199")
                .contains("mcp__s__t198");
    }
}
