package dev.katra.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.mock.ResponsesJudge;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.upstream.Target;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResponsesRequestWriterTests {

    private static final String IMAGE_RESULT = """
            {messages:[{role:'assistant',content:[{type:'tool_use',id:'a',name:'Read',input:{}}]},
              {role:'user',content:[{type:'tool_result',tool_use_id:'a',is_error:true,content:[{type:'text',text:'t'},
                {type:'image',source:{type:'base64',media_type:'image/png',data:'AAAA'}}]}]}]}""";

    private static JsonNode body(Target target, String request) {
        JsonNode body = Gateway.body(new ResponsesCodec(), target, request);
        ResponsesJudge.accept(body);
        return body;
    }

    @Test
    void blocksKeepTheirOrder() {
        JsonNode input = body(Targets.plain(), """
                        {messages:[{role:'assistant',content:[{type:'text',text:'before'},
                          {type:'tool_use',id:'a',name:'Bash',input:{c:1}},{type:'text',text:'after'}]},
                          {role:'user',content:[{type:'tool_result',tool_use_id:'a',content:'out'}]}]}""").path("input");
        assertThat(input).isEqualTo(Json.of("""
                                [{type:'message',role:'assistant',content:[{type:'output_text',text:'before'}]},
                                 {type:'function_call',call_id:'a',name:'Bash',arguments:'{"c":1}'},
                                 {type:'message',role:'assistant',content:[{type:'output_text',text:'after'}]},
                                 {type:'function_call_output',call_id:'a',output:'out'}]"""));
    }

    @Test
    void imagesThatAToolReturnsArePartsOfItsOutput() {
        assertThat(body(Targets.plain(), IMAGE_RESULT).path("input").path(1).path("output"))
                .isEqualTo(Json.of("""
                                [{type:'input_text',text:'Error:'},{type:'input_text',text:'t'},
                                 {type:'input_image',image_url:'data:image/png;base64,AAAA'}]"""));
        JsonNode hoisted =
                body(Targets.plain(Quirk.TEXT_TOOL_RESULTS), IMAGE_RESULT).path("input");
        assertThat(hoisted.path(1).path("output").asString("")).isEqualTo("Error: t\n[image attached below]");
        assertThat(hoisted.path(2).path("content")).hasSize(2);
    }

    @Test
    void documentsAreFiles() {
        assertThat(body(
                                Targets.plain(Quirk.FILES),
                                "{messages:[{role:'user',content:[{type:'document',source:{type:'url',url:'https://a.test/b.pdf'}}]}]}")
                        .path("input")
                        .path(0)
                        .path("content")
                        .path(0))
                .isEqualTo(Json.of("{type:'input_file',file_url:'https://a.test/b.pdf'}"));
    }

    @Test
    void reasoningThatNothingFollowsIsLeftOut() {
        String signature = ThinkingSignature.of(new ThinkingSignature.Item(Targets.MAKER, "rs_1", "gAA"));
        assertThat(body(
                                Targets.reasoning(),
                                "{messages:[{role:'user',content:'x'},{role:'assistant',content:[{type:'text',text:'a'},{type:'thinking',thinking:'',signature:'"
                                        + signature + "'}]},{role:'user',content:'y'}]}")
                        .toString())
                .doesNotContain("gAA");
    }

    @Test
    void aSessionHasItsOwnCacheAndNothingIsStored() {
        String request = "{metadata:{user_id:'{\\\"session_id\\\":\\\"s-1\\\"}'},messages:[{role:'user',content:'x'}]}";
        JsonNode body = body(Targets.plain(), request);
        assertThat(body.path("prompt_cache_key").asString("")).hasSize(64).doesNotContain("s-1");
        assertThat(body.path("store").asBoolean(true)).isFalse();
        JsonNode other = new ResponsesCodec()
                .encode(RequestReader.read(Json.of(request)).inSession("s-2"), Targets.plain())
                .body();
        assertThat(other.path("prompt_cache_key")).isNotEqualTo(body.path("prompt_cache_key"));
        assertThat(body.has("include")).isFalse();
    }

    @Test
    void aSchemaForTheAnswerIsPassedOn() {
        assertThat(body(
                                Targets.plain(),
                                "{output_config:{format:{type:'json_schema',schema:{type:'object',properties:{a:{type:'string'}}}}},messages:[{role:'user',content:'x'}]}")
                        .path("text")
                        .path("format"))
                .isEqualTo(
                        Json.of(
                                "{type:'json_schema',name:'answer',strict:false,schema:{type:'object',properties:{a:{type:'string'}}}}"));
    }
}
