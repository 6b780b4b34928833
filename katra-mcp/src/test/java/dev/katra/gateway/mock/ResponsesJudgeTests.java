package dev.katra.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.gateway.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesJudgeTests {

    private static final String USER = "{type:'message',role:'user',content:[{type:'input_text',text:'hi'}]}";
    private static final String CALL = "{type:'function_call',call_id:'c1',name:'f',arguments:'{}'}";
    private static final String OUTPUT = "{type:'function_call_output',call_id:'c1',output:''}";
    private static final String TOOL =
            "{type:'function',name:'f',strict:false,parameters:{type:'object',properties:{}}}";

    private final IssuedItems issued = new IssuedItems();

    private static String with(String more) {
        return "{model:'m',store:false,input:[" + USER + "]" + more + "}";
    }

    private static String saying(String... items) {
        return "{model:'m',store:false,input:[" + String.join(",", items) + "]}";
    }

    private static String thought(String content, String id) {
        return "{type:'reasoning',id:'" + id + "',encrypted_content:'" + content + "',summary:[]}";
    }

    private VendorError refused(Vendor vendor, String body) {
        StrictRejection rejected = catchThrowableOfType(
                StrictRejection.class, () -> new ResponsesJudge(vendor, issued).judge(Json.of(body)));
        assertThat(rejected).as(body).isNotNull();
        return rejected.error();
    }

    private String refused(String body) {
        return refused(Vendor.ANY, body).message();
    }

    private void accepted(Vendor vendor, String body) {
        assertThatNoException().isThrownBy(() -> new ResponsesJudge(vendor, issued).judge(Json.of(body)));
    }

    @Test
    void takesAnOrdinaryConversation() {
        accepted(Vendor.ANY, saying(USER, CALL, OUTPUT, USER));
        accepted(Vendor.ANY, with(",instructions:'i',tools:[" + TOOL + ",{type:'web_search'}],stream:true"));
        accepted(Vendor.ANY, with(",include:['reasoning.encrypted_content'],reasoning:{effort:'low'}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages:[]|messages",
                "max_tokens:9|max_tokens",
                "stop:['a']|stop",
                "stream_options:{}|stream_options",
                "tools:[]|empty array",
                "tool_choice:'auto'|only allowed when 'tools'",
                "max_output_tokens:15|Expected a value >= 16",
                "include:['everything']|everything",
                "reasoning:{effort:'huge'}|Supported values are",
                "reasoning:{max_tokens:9}|max_tokens"
            })
    void refusesParameters(String more, String why) {
        assertThat(refused(with("," + more))).contains(why);
    }

    @Test
    void nothingMayBeStored() {
        assertThat(refused(with("").replace("store:false,", ""))).contains("store");
    }

    @Test
    void refusesBadTools() {
        assertThat(refused(with(",tools:[" + TOOL.replace("strict:false,", "") + "]")))
                .contains("'additionalProperties' is required");
        assertThat(refused(with(",tools:[" + TOOL.replace("'f'", "'a.b'") + "]")))
                .contains("tools[0].name");
        assertThat(refused(with(",tools:[{type:'function',function:{name:'f'}}]")))
                .contains("tools[0].name");
        assertThat(refused(with(",tools:[" + TOOL + "],tool_choice:{type:'function',name:'g'}")))
                .contains("not found in 'tools'");
    }

    @Test
    void everyCallHasItsOutput() {
        assertThat(refused(saying(USER, CALL, USER, OUTPUT))).isEqualTo("No tool output found for function call c1.");
        assertThat(refused(saying(USER, CALL))).contains("No tool output found");
        assertThat(refused(saying(USER, OUTPUT)))
                .isEqualTo("No tool call found for function call output with call_id c1.");
        assertThat(refused(saying(USER, CALL, CALL, OUTPUT))).contains("Duplicate");
    }

    @Test
    void refusesBadItems() {
        assertThat(refused(saying())).contains("empty array");
        assertThat(refused(saying("{type:'tool_use',id:'c1'}"))).contains("tool_use");
        assertThat(refused(saying(USER.replace("input_text", "text")))).contains("text");
        assertThat(refused(saying(USER.replace("input_text", "output_text")))).contains("output_text");
        assertThat(refused(saying(USER.replace("'user'", "'assistant'")))).contains("input_text");
        assertThat(refused(saying(USER.replace("'hi'", "''")))).contains("Invalid value");
        assertThat(refused(saying(USER, CALL, OUTPUT.replace("output:''", "output:[]"))))
                .contains("expected output");
        assertThat(refused(saying(USER, CALL.replace("'{}'", "'{'"), OUTPUT))).contains("JSON object");
    }

    @Test
    void reasoningMustBeItsOwn() {
        VendorError error = refused(Vendor.ANY, saying(USER, thought("gAAAAA", "rs_1"), CALL, OUTPUT));
        assertThat(error.code()).isEqualTo("invalid_encrypted_content");
        String own = issued.encrypted("rs_1");
        assertThat(refused(saying(USER, thought(own, "rs_2"), CALL, OUTPUT))).contains("could not be verified");
        accepted(Vendor.ANY, saying(USER, thought(own, "rs_1"), CALL, OUTPUT));
        accepted(Vendor.ANY, saying(USER, thought(own, ""), CALL, OUTPUT));
    }

    @Test
    void reasoningStandsBeforeWhatCameOfIt() {
        String own = thought(issued.encrypted("rs_1"), "rs_1");
        assertThat(refused(saying(USER, own))).contains("required following item");
        assertThat(refused(saying(USER, own, USER))).contains("required following item");
        issued.reasoned("c1", "rs_1");
        assertThat(refused(saying(USER, CALL, OUTPUT))).contains("without its required 'reasoning' item: 'rs_1'");
        accepted(Vendor.ANY.with(Rule.REASONING_MAY_BE_LOST), saying(USER, CALL, OUTPUT));
        accepted(Vendor.ANY, saying(USER, own, CALL, OUTPUT));
    }

    @Test
    void followsTheRulesOfItsVendor() {
        Vendor vendor = Vendor.ANY.with(Rule.REASONING_MODEL, Rule.NO_PARALLEL_FLAG);
        assertThat(refused(vendor, with(",temperature:1")).message()).contains("temperature");
        assertThat(refused(vendor, with(",tools:[" + TOOL + "],parallel_tool_calls:false"))
                        .message())
                .contains("parallel_tool_calls");
        assertThat(refused(Vendor.ANY.with(Rule.NO_REASONING), with(",reasoning:{effort:'low'}"))
                        .param())
                .isEqualTo("reasoning.effort");
        assertThat(refused(Vendor.ANY.withCap(100), with(",max_output_tokens:200"))
                        .message())
                .contains("at most 100");
    }
}
