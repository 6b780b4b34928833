package dev.katra.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatJudgeTests {

    private static final String USER = "{role:'user',content:'hi'}";
    private static final String CALL =
            "{role:'assistant',content:null,tool_calls:[{id:'c1',type:'function',function:{name:'f',arguments:'{}'}}]}";
    private static final String RESULT = "{role:'tool',tool_call_id:'c1',content:''}";
    private static final String TOOL = "{type:'function',function:{name:'f',parameters:{type:'object',properties:{}}}}";

    private static String with(String more) {
        return "{model:'m',messages:[" + USER + "]" + more + "}";
    }

    private static String saying(String... messages) {
        return "{model:'m',messages:[" + String.join(",", messages) + "]}";
    }

    private static String refused(Vendor vendor, String body) {
        StrictRejection rejected = catchThrowableOfType(
                StrictRejection.class, () -> new ChatJudge(vendor, IssuedItems.anything()).judge(Json.of(body)));
        assertThat(rejected).as(body).isNotNull();
        return rejected.error().message();
    }

    private static String refused(String body) {
        return refused(Vendor.ANY, body);
    }

    private static void accepted(Vendor vendor, String body) {
        assertThatNoException().isThrownBy(() -> new ChatJudge(vendor, IssuedItems.anything()).judge(Json.of(body)));
    }

    @Test
    void takesAnOrdinaryConversation() {
        accepted(Vendor.ANY, saying("{role:'system',content:'s'}", USER, CALL, RESULT, USER));
        accepted(Vendor.ANY, with(",tools:[" + TOOL + "],tool_choice:'auto',stream:true,stream_options:{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cache_control:{}|cache_control",
                "metadata:{}|metadata",
                "thinking:{type:'adaptive'}|thinking",
                "tools:[]|empty array",
                "tool_choice:'auto'|only allowed when 'tools'",
                "parallel_tool_calls:false|only allowed when 'tools'",
                "stream_options:{}|only allowed when 'stream'",
                "max_tokens:9,max_completion_tokens:9|at the same time",
                "max_tokens:0|must be positive",
                "reasoning_effort:'huge'|Supported values are",
                "stop:['a','b','c','d','e']|at most 4"
            })
    void refusesParameters(String more, String why) {
        assertThat(refused(with("," + more))).contains(why);
    }

    @Test
    void refusesBadTools() {
        assertThat(refused(with(",tools:[" + TOOL.replace("'f'", "'a.b'") + "]")))
                .contains("tools[0].function.name");
        assertThat(refused(with(",tools:[" + TOOL.replace("'f'", "'" + "x".repeat(65) + "'") + "]")))
                .contains("too long");
        assertThat(refused(with(",tools:[" + TOOL + "," + TOOL + "]"))).contains("unique");
        assertThat(refused(with(",tools:[" + TOOL.replace(",properties:{}", "") + "]")))
                .contains("missing properties");
        assertThat(refused(with(",tools:[" + TOOL + "],tool_choice:'any'"))).contains("not found in 'tools'");
        assertThat(refused(with(",tools:[" + TOOL + "],tool_choice:{type:'function',function:{name:'g'}}")))
                .contains("not found in 'tools'");
        assertThat(refused(with(",tools:[" + (TOOL + ",").repeat(128) + TOOL + "]")))
                .contains("maximum length 128");
    }

    @Test
    void everyCallHasItsResultAtOnce() {
        assertThat(refused(saying(USER, CALL, USER, RESULT))).contains("did not have response messages: c1");
        assertThat(refused(saying(USER, CALL))).contains("did not have response messages: c1");
        assertThat(refused(saying(USER, RESULT))).contains("must be a response to a preceding message");
        assertThat(refused(saying(USER, CALL, RESULT, RESULT))).contains("must be a response");
        assertThat(refused(saying(USER, CALL, CALL.replace("c1", "c2"), RESULT)))
                .contains("c1");
    }

    @Test
    void refusesBadMessages() {
        assertThat(refused("{model:'m',messages:[]}")).contains("empty array");
        assertThat(refused(saying("{role:'critic',content:'x'}"))).contains("critic");
        assertThat(refused(saying("{role:'user',content:''}"))).contains("empty");
        assertThat(refused(saying("{role:'user',content:'x',cache_control:{}}")))
                .contains("cache_control");
        assertThat(refused(saying("{role:'user',content:[{type:'thinking',thinking:'x'}]}")))
                .contains("thinking");
        assertThat(refused(saying("{role:'assistant',content:''}"))).contains("content");
        assertThat(refused(saying("{role:'assistant',content:null}"))).contains("content");
        assertThat(refused(saying("{role:'assistant',content:'x',reasoning_content:'y'}")))
                .contains("reasoning_content");
        assertThat(refused(saying(CALL.replace("'{}'", "''"), RESULT))).contains("JSON object");
        assertThat(refused(saying(CALL.replace("'f'", "'a.b'"), RESULT))).contains("pattern");
    }

    @Test
    void knowsTheModelsOfItsVendor() {
        Vendor vendor =
                Vendor.ANY.withModels("gpt-5.5").withEfforts("low", "high").withCap(100);
        assertThat(refused(vendor, with(""))).contains("`m` does not exist");
        String body = with(",reasoning_effort:'medium'").replace("'m'", "'gpt-5.5'");
        assertThat(refused(vendor, body)).contains("Supported values are: 'low', 'high'.");
        assertThat(refused(vendor, body.replace("reasoning_effort:'medium'", "max_tokens:101")))
                .contains("supports at most 100");
        accepted(vendor, body.replace("medium", "high"));
    }

    @Test
    void followsTheRulesOfItsVendor() {
        Vendor reasons = Vendor.ANY.with(Rule.REASONING_MODEL, Rule.NO_REASONING_WITH_TOOLS);
        assertThat(refused(reasons, with(",max_tokens:9"))).contains("Use 'max_completion_tokens' instead");
        assertThat(refused(reasons, with(",temperature:1"))).contains("temperature");
        String tools = ",tools:[" + TOOL + "]";
        assertThat(refused(reasons, with(tools))).contains("Function tools with reasoning_effort");
        assertThat(refused(reasons, with(tools + ",reasoning_effort:'low'"))).contains("Function tools");
        accepted(reasons, with(tools + ",reasoning_effort:'none',max_completion_tokens:9"));

        Vendor old = Vendor.ANY.with(
                Rule.NO_REASONING, Rule.NO_STREAM_OPTIONS, Rule.NO_PARALLEL_FLAG, Rule.ONE_SYSTEM, Rule.ALTERNATE);
        assertThat(refused(old, with(",reasoning_effort:'low'"))).contains("reasoning_effort");
        assertThat(refused(old, with(",stream:true,stream_options:{}"))).contains("stream_options");
        assertThat(refused(old, with(tools + ",parallel_tool_calls:false"))).contains("parallel_tool_calls");
        assertThat(refused(old, saying(USER, "{role:'system',content:'s'}"))).contains("at the beginning");
        assertThat(refused(old, saying(USER, USER))).contains("must alternate");
    }

    @Test
    void mayWantSignaturesBack() {
        Vendor vendor = Vendor.ANY.with(Rule.THOUGHT_SIGNATURE);
        var issued = new IssuedItems();
        String signature = issued.signature("c1");
        var judge = new ChatJudge(vendor, issued);
        for (String[] refusal : new String[][] {
            {CALL, "missing a thought_signature"},
            {signed(CALL, "skip_thought_signature_validator"), "not valid"},
            {signed(CALL, "other"), "not valid"},
            {signed(CALL.replace("c1", "c2"), signature), "not valid"}
        }) {
            String id = refusal[0].contains("c2") ? "c2" : "c1";
            String body = saying(USER, refusal[0], RESULT.replace("c1", id));
            assertThat(catchThrowableOfType(StrictRejection.class, () -> judge.judge(Json.of(body)))
                            .error()
                            .message())
                    .contains(refusal[1]);
        }
        assertThatNoException().isThrownBy(() -> judge.judge(Json.of(saying(USER, signed(CALL, signature), RESULT))));
        String other = signed(CALL, "skip_thought_signature_validator").replace("c1", "c2");
        assertThatNoException().isThrownBy(() -> judge.judge(Json.of(saying(USER, other, RESULT.replace("c1", "c2")))));
        StrictRejection unknown = catchThrowableOfType(StrictRejection.class, () -> new ChatJudge(Vendor.ANY, issued)
                .judge(Json.of(saying(USER, signed(CALL, signature), RESULT))));
        assertThat(unknown.error().message()).contains("extra_content");
    }

    private static String signed(String call, String signature) {
        return call.replace(
                "type:'function'", "type:'function',extra_content:{google:{thought_signature:'" + signature + "'}}");
    }

    @Test
    void mayWantReasoningBack() {
        Vendor vendor = Vendor.ANY.with(Rule.REASONING_CONTENT);
        var issued = new IssuedItems();
        issued.reasoned("c1", "c1");
        var judge = new ChatJudge(vendor, issued);
        StrictRejection rejected =
                catchThrowableOfType(StrictRejection.class, () -> judge.judge(Json.of(saying(USER, CALL, RESULT))));
        assertThat(rejected.error().message()).contains("must be passed back");
        String back = CALL.replace("content:null", "content:null,reasoning_content:'so'");
        assertThatNoException().isThrownBy(() -> judge.judge(Json.of(saying(USER, back, RESULT))));
        assertThatNoException().isThrownBy(() -> judge.judge(Json.of(with(",thinking:{type:'enabled'}"))));
    }
}
