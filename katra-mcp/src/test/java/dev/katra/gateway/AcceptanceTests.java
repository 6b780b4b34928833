package dev.katra.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.chat.ChatCodec;
import dev.katra.gateway.codec.Codec;
import dev.katra.gateway.codec.LocalAnswers;
import dev.katra.gateway.mock.ChatJudge;
import dev.katra.gateway.mock.ResponsesJudge;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.request.TokenEstimate;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import dev.katra.gateway.thinking.ForeignThinking;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The failures that other gateways had in what they sent upstream. */
class AcceptanceTests {

    private static final Codec CHAT = new ChatCodec();
    private static final Codec RESPONSES = new ResponsesCodec();
    private static final String TOOL =
            "{name:'Bash',description:'Runs',input_schema:{type:'object',properties:{command:{type:'string'}}}}";

    private static JsonNode chat(Target target, String request) {
        return Gateway.body(CHAT, target, request);
    }

    private static JsonNode responses(Target target, String request) {
        return Gateway.body(RESPONSES, target, request);
    }

    private static List<String> roles(JsonNode messages) {
        var roles = new ArrayList<String>();
        messages.forEach(message ->
                roles.add(message.path("role").asString(message.path("type").asString(""))));
        return roles;
    }

    private static String user(String content) {
        return "{model:'m',max_tokens:4000,messages:[{role:'user',content:" + content + "}]}";
    }

    @Test
    void a01_systemTurnsReachTheModelInTheirPlace() {
        String request = """
                {model:'m',max_tokens:32000,system:[{type:'text',text:'You are'}],messages:[
                  {role:'user',content:'hi'},{role:'system',content:'# Environment'},
                  {role:'assistant',content:[{type:'text',text:'hello'}]},
                  {role:'system',content:[{type:'text',text:'tools changed'}]},{role:'user',content:'go'},
                  {role:'narrator',content:'unknown'}]}""";
        JsonNode body = chat(Targets.plain(), request);
        ChatJudge.accept(body);
        assertThat(roles(body.path("messages")))
                .containsExactly("system", "user", "system", "assistant", "system", "user", "user");
        assertThat(body.path("messages").path(2).path("content").asString("")).isEqualTo("# Environment");
        JsonNode other = responses(Targets.plain(), request);
        ResponsesJudge.accept(other);
        assertThat(roles(other.path("input"))).containsExactly("user", "system", "assistant", "system", "user", "user");
        assertThat(other.path("instructions").asString("")).isEqualTo("You are");
    }

    @Test
    void a01_whereOneSystemMessageIsAllowedTheOthersAreSaidByTheUser() {
        JsonNode body = chat(
                Targets.plain(Quirk.SINGLE_SYSTEM, Quirk.ALTERNATE),
                "{model:'m',system:'a',messages:[{role:'user',content:'hi'},{role:'system',content:'b'}]}");
        assertThat(roles(body.path("messages"))).containsExactly("system", "user");
        assertThat(body.path("messages").path(1).path("content").asString(""))
                .isEqualTo("hi\n\n<system-reminder>\nb\n</system-reminder>");
    }

    @Test
    void a02_outputConfigBecomesTheEffort() {
        String request =
                "{model:'m',thinking:{type:'adaptive',display:'omitted'},output_config:{effort:'xhigh'},messages:[{role:'user',content:'hi'}]}";
        JsonNode body = chat(Targets.reasoning(), request);
        ChatJudge.accept(body);
        assertThat(body.path("reasoning_effort").asString("")).isEqualTo("high");
        JsonNode other = responses(Targets.reasoning(), request);
        ResponsesJudge.accept(other);
        assertThat(other.path("reasoning")).isEqualTo(Json.of("{effort:'high',summary:'auto'}"));
        assertThat(other.path("include").path(0).asString("")).isEqualTo("reasoning.encrypted_content");
    }

    @Test
    void a03_whatNoOtherFormatKnowsIsDropped() {
        String request = """
                {model:'m',context_management:{edits:[]},metadata:{user_id:'u'},top_k:5,container:'c',mcp_servers:[],
                 service_tier:'auto',inference_geo:'eu',speed:'fast',brand_new:{a:1},
                 messages:[{role:'user',content:[{type:'text',text:'hi',cache_control:{type:'ephemeral'}}]}]}""";
        ChatJudge.accept(chat(Targets.plain(), request));
        ResponsesJudge.accept(responses(Targets.plain(), request));
        assertThat(chat(Targets.plain(), request).toString()).doesNotContain("cache_control", "brand_new");
    }

    @Test
    void a05_deferredToolsAreOfferedAsPlainFunctions() {
        String request = """
                {model:'m',tools:[{name:'DeferredToolPlaceholder',defer_loading:true,input_schema:{type:'object'}},
                  {name:'WebFetch',type:'custom',defer_loading:true,eager_input_streaming:true,
                   input_schema:{type:'object',properties:{url:{type:'string',format:'uri'}}}}],
                 messages:[{role:'user',content:'x'},
                  {role:'assistant',content:[{type:'tool_use',id:'t1',name:'ToolSearch',input:{query:'fetch'}}]},
                  {role:'user',content:[{type:'tool_result',tool_use_id:'t1',
                    content:[{type:'tool_reference',tool_name:'WebFetch'}]}]}]}""";
        JsonNode body = chat(Targets.plain(), request);
        ChatJudge.accept(body);
        assertThat(body.path("tools")).hasSize(1);
        assertThat(body.path("tools").path(0).path("function").path("name").asString(""))
                .isEqualTo("WebFetch");
        assertThat(body.path("messages").path(2).path("content").asString(""))
                .isEqualTo("Tool WebFetch is now available.");
        assertThat(body.toString()).doesNotContain("defer_loading", "eager_input");
        ResponsesJudge.accept(responses(Targets.plain(), request));
    }

    @Test
    void a06_theAnswersLengthIsLimitedByTheFieldThatTheModelKnows() {
        String request = "{model:'m',max_tokens:500,messages:[{role:'user',content:'hi'}]}";
        assertThat(chat(Targets.plain(), request).path("max_tokens").asInt(0)).isEqualTo(500);
        JsonNode other = chat(Targets.plain(Quirk.MAX_COMPLETION_TOKENS), request);
        assertThat(other.path("max_completion_tokens").asInt(0)).isEqualTo(500);
        assertThat(other.has("max_tokens")).isFalse();
        assertThat(responses(Targets.plain(), request).path("max_output_tokens").asInt(0))
                .isEqualTo(500);
    }

    @Test
    void a07_theLimitIsTheModelsAtMost() {
        String request = "{model:'m',max_tokens:32000,messages:[{role:'user',content:'hi'}]}";
        assertThat(chat(Targets.plain(), request).path("max_tokens").asInt(0)).isEqualTo(8000);
        assertThat(responses(Targets.plain(), request).path("max_output_tokens").asInt(0))
                .isEqualTo(8000);
    }

    @Test
    void a07_aQuirkThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> Quirks.parse("single-system, singel", "low"))
                .isInstanceOf(Failure.class)
                .hasMessage("there is no quirk \"singel\"");
        assertThat(Quirks.parse("gemini-schema, no-images", "high,low").efforts())
                .hasSize(2);
    }

    @Test
    void a09_aProbeMayThinkAndSayAFewWords() {
        String request = "{model:'m',max_tokens:1,messages:[{role:'user',content:'Hi'}]}";
        assertThat(chat(Targets.plain(), request).path("max_tokens").asInt(0)).isEqualTo(16);
        JsonNode body = responses(Targets.reasoning(), request);
        assertThat(body.path("max_output_tokens").asInt(0)).isEqualTo(512);
        assertThat(body.path("reasoning").path("effort").asString("")).isEqualTo("none");
    }

    @Test
    void a10_toolsGoWithoutReasoningWhereBothAreRefused() {
        String request = "{model:'m',thinking:{type:'adaptive'},output_config:{effort:'high'},tools:[" + TOOL
                + "],messages:[{role:'user',content:'hi'}]}";
        assertThat(chat(Targets.reasoning(Quirk.NO_REASONING_WITH_TOOLS), request)
                        .path("reasoning_effort")
                        .asString(""))
                .isEqualTo("none");
    }

    @Test
    void a11_toolCallsAreFollowedByTheirResults() {
        String request = """
                {model:'m',messages:[{role:'user',content:'x'},
                  {role:'assistant',content:[{type:'text',text:'both'},
                    {type:'tool_use',id:'a',name:'Bash',input:{command:'ls'}},{type:'tool_use',id:'b',name:'Bash',input:{}}]},
                  {role:'system',content:'in between'},
                  {role:'user',content:[{type:'tool_result',tool_use_id:'b',content:'B'},
                    {type:'text',text:'and now'},{type:'tool_result',tool_use_id:'a',is_error:true,content:'A'}]}]}""";
        JsonNode body = chat(Targets.plain(), request);
        ChatJudge.accept(body);
        assertThat(roles(body.path("messages"))).containsExactly("user", "assistant", "tool", "tool", "system", "user");
        assertThat(body.path("messages").path(2).path("tool_call_id").asString(""))
                .isEqualTo("a");
        assertThat(body.path("messages").path(2).path("content").asString("")).isEqualTo("Error: A");
        JsonNode other = responses(Targets.plain(), request);
        ResponsesJudge.accept(other);
        assertThat(roles(other.path("input")))
                .containsExactly(
                        "user",
                        "assistant",
                        "function_call",
                        "function_call",
                        "function_call_output",
                        "function_call_output",
                        "system",
                        "user");
    }

    @Test
    void a12_aCallWithoutResultGetsOneAndAResultWithoutCallBecomesText() {
        String request = """
                {model:'m',messages:[
                  {role:'user',content:[{type:'tool_result',tool_use_id:'gone',content:'late'}]},
                  {role:'assistant',content:[{type:'tool_use',id:'a',name:'Bash',input:{command:'ls'}}]},
                  {role:'user',content:'is that allowed?'}]}""";
        JsonNode body = chat(Targets.plain(), request);
        ChatJudge.accept(body);
        assertThat(roles(body.path("messages"))).containsExactly("user", "assistant", "tool", "user");
        assertThat(body.path("messages").path(0).path("content").asString("")).contains("late");
        assertThat(body.path("messages").path(2).path("content").asString("")).isEqualTo("[no result: interrupted]");
        ResponsesJudge.accept(responses(Targets.plain(), request));
    }

    @Test
    void a13_thinkingOfAnotherMakeIsNotForwarded() {
        String request = """
                {model:'m',messages:[{role:'user',content:'x'},{role:'assistant',content:[
                  {type:'thinking',thinking:'hm',signature:'EqQBCgIYAhIM'},{type:'redacted_thinking',data:'zzz'},
                  {type:'text',text:'yes'}]},{role:'user',content:'y'}]}""";
        assertThat(chat(Targets.reasoning(), request).toString()).doesNotContain("hm", "EqQB", "zzz");
        assertThat(responses(Targets.reasoning(), request).toString()).doesNotContain("hm", "EqQB", "zzz");
    }

    @Test
    void a14_reasoningGoesBackWhereTheModelWantsIt() {
        String request = """
                {model:'m',messages:[{role:'user',content:'x'},{role:'assistant',content:[
                  {type:'thinking',thinking:'look first',signature:'katra-thinking:1'},
                  {type:'tool_use',id:'a',name:'Bash',input:{}}]},
                  {role:'user',content:[{type:'tool_result',tool_use_id:'a',content:'ok'}]}]}""";
        assertThat(chat(Targets.plain(Quirk.REASONING_CONTENT), request)
                        .path("messages")
                        .path(1)
                        .path("reasoning_content")
                        .asString(""))
                .isEqualTo("look first");
        assertThat(chat(Targets.plain(), request).toString()).doesNotContain("look first");
    }

    @Test
    void a15_thinkingThatIsOnlyASignatureComesBackAsReasoning() {
        String signature = ThinkingSignature.of(new ThinkingSignature.Item(Targets.MAKER, "rs_1", "gAAAA=="));
        String request = """
                {model:'m',messages:[{role:'user',content:'x'},{role:'assistant',content:[
                  {type:'thinking',thinking:'',signature:'%s'},{type:'tool_use',id:'a',name:'Bash',input:{}}]},
                  {role:'user',content:[{type:'tool_result',tool_use_id:'a',content:'ok'}]}]}""".formatted(signature);
        JsonNode body = responses(Targets.reasoning(), request);
        ResponsesJudge.accept(body);
        assertThat(body.path("input").path(1))
                .isEqualTo(Json.of("{type:'reasoning',id:'rs_1',encrypted_content:'gAAAA==',summary:[]}"));
        assertThat(body.path("input").path(2).path("type").asString("")).isEqualTo("function_call");
    }

    @Test
    void a23_aStrictSchemaKeepsOnlyWhatItsModelKnows() {
        String request = """
                {model:'m',messages:[{role:'user',content:'x'}],tools:[{name:'Grep',input_schema:{
                  $schema:'s',type:'object',additionalProperties:false,required:['pattern'],properties:{
                    pattern:{type:'string',pattern:'^a',format:'uri',default:'x'},
                    when:{type:['string','null'],format:'date-time'},
                    n:{type:'integer',exclusiveMinimum:0,minimum:1},
                    kind:{const:'a'}}}}]}""";
        assertThat(chat(Targets.plain(Quirk.GEMINI_SCHEMA), request)
                        .path("tools")
                        .path(0)
                        .path("function")
                        .path("parameters"))
                .isEqualTo(Json.of("""
                                {type:'object',required:['pattern'],properties:{pattern:{type:'string'},
                                 when:{type:'string',format:'date-time',nullable:true},
                                 n:{type:'integer',minimum:1},kind:{enum:['a']}}}"""));
        assertThat(chat(Targets.plain(), request).toString())
                .contains("exclusiveMinimum")
                .doesNotContain("$schema");
    }

    @Test
    void a24_aToolWithoutPropertiesGetsSome() {
        String request =
                "{model:'m',messages:[{role:'user',content:'x'}],tools:[{name:'a',input_schema:{type:'object'}},{name:'b'}]}";
        for (JsonNode tool : chat(Targets.plain(), request).path("tools")) {
            assertThat(tool.path("function").path("parameters")).isEqualTo(Json.of("{type:'object',properties:{}}"));
        }
    }

    @Test
    void a26_webSearchIsTranslatedOrAnsweredHere() {
        String request = """
                {model:'m',tools:[{type:'web_search_20250305',name:'web_search',max_uses:8}],
                 tool_choice:{type:'tool',name:'web_search'},messages:[{role:'user',content:'search'}]}""";
        JsonNode chat = chat(Targets.plain(), request);
        ChatJudge.accept(chat);
        assertThat(chat.has("tools")).isFalse();
        assertThat(LocalAnswers.of(RequestReader.read(Json.of(request)), Targets.plain()))
                .isPresent();
        Target searching = Targets.plain(Quirk.WEB_SEARCH);
        JsonNode body = responses(searching, request);
        ResponsesJudge.accept(body);
        assertThat(body.path("tools").path(0)).isEqualTo(Json.of("{type:'web_search'}"));
        assertThat(body.path("tool_choice").asString("")).isEqualTo("auto");
        assertThat(LocalAnswers.of(RequestReader.read(Json.of(request)), searching))
                .isEmpty();
    }

    @Test
    void a30_theEstimateGrowsWithWhatToolsReturn() {
        long small = TokenEstimate.of(Json.of(user("[{type:'tool_result',tool_use_id:'a',content:'x'}]")));
        long large = TokenEstimate.of(
                Json.of(user("[{type:'tool_result',tool_use_id:'a',content:'" + "word ".repeat(8600) + "'}]")));
        assertThat(large - small).isBetween(10_000L, 11_000L);
        long image = TokenEstimate.of(
                Json.of(user("[{type:'image',source:{type:'base64',data:'" + "A".repeat(90_000) + "'}}]")));
        assertThat(image).isBetween(1_000L, 1_200L);
        long tools = TokenEstimate.of(Json.of("{tools:[" + TOOL + "],messages:[]}"));
        assertThat(tools).isGreaterThan(15);
    }

    @Test
    void a35_theBillingLineNeverDisturbsThePrefix() {
        String turn =
                "{model:'m',system:[{type:'text',text:'x-anthropic-billing-header: cch=%s;'},{type:'text',text:'You are'}],messages:[{role:'user',content:'hi'}]}";
        assertThat(chat(Targets.plain(), turn.formatted("1"))).isEqualTo(chat(Targets.plain(), turn.formatted("2")));
        assertThat(responses(Targets.plain(), turn.formatted("1")))
                .isEqualTo(responses(Targets.plain(), turn.formatted("2")));
        assertThat(chat(Targets.plain(), turn).toString()).contains("You are").doesNotContain("billing");
    }

    @Test
    void a38_signaturesOfOursStayAwayFromTheVendorAndFromOtherProviders() {
        String own = ThinkingSignature.of(new ThinkingSignature.Item("other", "rs_1", "gAAAA"));
        JsonNode request = Json.of("""
                {model:'m',messages:[{role:'user',content:'x'},
                  {role:'assistant',content:[{type:'thinking',thinking:'a',signature:'%s'},{type:'text',text:'b'}]},
                  {role:'assistant',content:[{type:'thinking',thinking:'c',signature:'EqQB'}]}]}""".formatted(own));
        assertThat(ForeignThinking.removed(request).path("messages").path(1).path("content"))
                .hasSize(1);
        assertThat(ForeignThinking.removed(request).path("messages").path(2).path("content"))
                .hasSize(1);
        JsonNode clean = ForeignThinking.removed(request);
        assertThat(ForeignThinking.removed(clean)).isSameAs(clean);
        assertThat(responses(Targets.reasoning(), request.toString()).toString())
                .doesNotContain("gAAAA");
    }

    @Test
    void a39_aForcedToolGoesByTheNameThatWasSent() {
        String name = "mcp__a_server_with_a_long_name__" + "and_a_tool_with_a_longer_one_".repeat(2);
        String request =
                "{model:'m',messages:[{role:'user',content:'x'}],tool_choice:{type:'tool',name:'%s',disable_parallel_tool_use:true},tools:[{name:'%s'}]}"
                        .formatted(name, name);
        JsonNode body = chat(Targets.plain(), request);
        ChatJudge.accept(body);
        String sent = body.path("tools").path(0).path("function").path("name").asString("");
        assertThat(sent).hasSize(64).startsWith(name.substring(0, 55));
        assertThat(body.path("tool_choice").path("function").path("name").asString(""))
                .isEqualTo(sent);
        assertThat(body.path("parallel_tool_calls").asBoolean(true)).isFalse();
        JsonNode other = responses(Targets.plain(), request);
        assertThat(other.path("tool_choice").path("name").asString("")).isEqualTo(sent);
        assertThat(CHAT.encode(RequestReader.read(Json.of(request)), Targets.plain())
                        .names()
                        .client(sent))
                .isEqualTo(name);
    }
}
