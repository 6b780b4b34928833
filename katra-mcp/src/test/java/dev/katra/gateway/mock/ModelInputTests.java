package dev.katra.gateway.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.chat.ChatCodec;
import dev.katra.gateway.responses.ResponsesCodec;
import dev.katra.gateway.testing.Gateway;
import dev.katra.gateway.testing.Json;
import dev.katra.gateway.testing.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A conversation looks the same in every format. */
class ModelInputTests {

    private static final String CONVERSATION = """
            {model:'acme-1',max_tokens:99,stream:true,system:[{type:'text',text:'You are'}],
             tools:[{name:'Read',input_schema:{type:'object'}},{name:'Bash',input_schema:{type:'object'}}],
             messages:[
              {role:'user',content:[{type:'text',text:'<system-reminder>\\nx\\n</system-reminder>'},{type:'text',text:'one'}]},
              {role:'assistant',content:[{type:'text',text:'Let me'},{type:'tool_use',id:'t1',name:'Read',input:{a:1}}]},
              {role:'user',content:[{type:'tool_result',tool_use_id:'t1',content:'old'}]},
              {role:'assistant',content:[{type:'tool_use',id:'t2',name:'Read',input:{}},
                                         {type:'tool_use',id:'t3',name:'Bash',input:{}}]},
              {role:'user',content:[{type:'tool_result',tool_use_id:'t2',content:[{type:'text',text:'new'},
                 {type:'image',source:{type:'base64',media_type:'image/png',data:'AAAA'}}]},
                                    {type:'tool_result',tool_use_id:'t3',content:'done'}]},
              {role:'system',content:'# Environment'}]}""";

    private static ModelInput asked(Api api) {
        JsonNode body =
                switch (api) {
                    case CHAT -> Gateway.body(new ChatCodec(), Targets.plain(), CONVERSATION);
                    case RESPONSES -> Gateway.body(new ResponsesCodec(), Targets.plain(), CONVERSATION);
                    case MESSAGES -> Json.of(CONVERSATION);
                };
        return ModelInput.read(api, body);
    }

    @ParameterizedTest
    @EnumSource(Api.class)
    void tellsWhatIsAsked(Api api) {
        ModelInput asked = asked(api);
        assertThat(asked.model()).isEqualTo("acme-1");
        assertThat(asked.streams()).isTrue();
        assertThat(asked.tools()).containsExactly("Read", "Bash");
        assertThat(asked.offers("Bash")).isTrue();
        assertThat(asked.system()).contains("You are").contains("# Environment");
        assertThat(asked.prompt()).isEqualTo("one");
        assertThat(asked.prompts()).containsExactly("one");
        assertThat(asked.results()).extracting("tool").containsExactly("Read", "Read", "Bash");
        assertThat(asked.fresh()).extracting("id").containsExactly("t2", "t3");
        assertThat(asked.result("Read").orElse("")).contains("new");
        assertThat(asked.result("Write")).isEmpty();
        assertThat(asked.images()).isEqualTo(1);
        assertThat(asked.turns()).contains(new ModelInput.Turn.Called("t1", "Read", "{\"a\":1}"));
    }
}
