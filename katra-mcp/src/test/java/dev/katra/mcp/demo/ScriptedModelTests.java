package dev.katra.mcp.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.demo.Reply.Call;
import dev.katra.mcp.demo.Reply.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the model answers to the requests that the real client sends. */
class ScriptedModelTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOOLS =
            "[{\"name\":\"Bash\"},{\"name\":\"mcp__katra__katra_say\"},{\"name\":\"mcp__katra__katra_hear\"}]";

    @Test
    void callsTheToolOfTheFirstStepByTheNameTheRequestOffers() {
        Reply reply = reply(user("katra_say {\\\"message\\\":\\\"hi\\\"}"));

        assertThat(reply.stopReason()).isEqualTo("tool_use");
        assertThat(reply.blocks()).singleElement().satisfies(block -> {
            assertThat(((Call) block).tool()).isEqualTo("mcp__katra__katra_say");
            assertThat(((Call) block).input().toString()).isEqualTo("{\"message\":\"hi\"}");
        });
    }

    @Test
    void goesOnAfterTheResultsAndEndsWithWhatTheToolsReturned() {
        String script = user("say hi\\nhear\\n+ Bash {\\\"command\\\":\\\"env\\\"}");
        String first = script + "," + called("a", "mcp__katra__katra_say") + "," + result("a", "said", false);

        assertThat(reply(first).blocks())
                .extracting(block -> ((Call) block).tool())
                .containsExactly("mcp__katra__katra_hear", "Bash");

        String all = first + "," + called("b", "mcp__katra__katra_hear") + "," + called("c", "Bash") + ","
                + result("b", "nothing new", false) + "," + result("c", "denied", true);
        assertThat(text(reply(all))).contains("katra_say: said", "katra_hear: nothing new", "Bash failed: denied");
        assertThat(reply(all).stopReason()).isEqualTo("end_turn");
    }

    @Test
    void aNewPromptStartsANewScript() {
        String before = user("hear") + "," + called("a", "mcp__katra__katra_hear") + "," + result("a", "x", false) + ","
                + "{\"role\":\"assistant\",\"content\":\"done\"},";

        assertThat(reply(before + user("say again")).blocks())
                .extracting(block -> ((Call) block).tool())
                .containsExactly("mcp__katra__katra_say");
    }

    @Test
    void whatTheClientAddsIsNoPrompt() {
        String script = "{\"role\":\"user\",\"content\":["
                + "{\"type\":\"text\",\"text\":\"<system-reminder>\\nsay wrong\\n</system-reminder>\\n\"},"
                + "{\"type\":\"text\",\"text\":\"hear\"}]},"
                + "{\"role\":\"system\",\"content\":\"say wrong\"},"
                + called("a", "mcp__katra__katra_hear")
                + ",{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]},"
                + "{\"type\":\"text\",\"text\":\"<system-reminder>say wrong</system-reminder>\"}]}";

        assertThat(text(reply(script))).contains("mcp__katra__katra_hear: x");
    }

    @Test
    void newMailOfTheHookIsObeyedOnce() {
        String prompt = "{\"role\":\"user\",\"content\":\"<system-reminder>woken</system-reminder>\"}";
        String first = prompt + "," + mail(7, "say pong");
        assertThat(reply(first).blocks()).singleElement().satisfies(block -> assertThat(
                        ((Call) block).input().toString())
                .isEqualTo("{\"message\":\"pong\"}"));

        String done = first + "," + called("a", "mcp__katra__katra_say") + "," + result("a", "said", false);
        String again = done + ",{\"role\":\"assistant\",\"content\":\"done\"}," + mail(7, "say pong");
        assertThat(text(reply(again))).contains("katra_say: said");
        assertThat(reply(again + "," + mail(8, "hear")).blocks())
                .extracting(block -> ((Call) block).tool())
                .containsExactly("mcp__katra__katra_hear");
    }

    @Test
    void aToolThatIsNotOfferedStopsTheScriptWithWords() {
        assertThat(text(reply(user("recall sky")))).contains("\"katra_recall\"", "not a language model");
    }

    @Test
    void aToolThatMayStillComeIsSearchedForAndThenCalled() {
        String script = user("hear\\nrecall sky");
        String searching = "[{\"name\":\"ToolSearch\"},{\"name\":\"mcp__katra__katra_hear\"}]";
        String heard = script + "," + called("a", "mcp__katra__katra_hear") + "," + result("a", "x", false);
        Reply search = reply(searching, heard);
        String searched = heard + "," + called("b", "ToolSearch") + "," + result("b", "found", false);

        assertThat(search.blocks()).singleElement().satisfies(block -> {
            assertThat(((Call) block).tool()).isEqualTo("ToolSearch");
            assertThat(((Call) block).input().path("query").asString()).isEqualTo("select:mcp__katra__katra_recall");
        });
        assertThat(reply("[{\"name\":\"ToolSearch\"},{\"name\":\"mcp__katra__katra_recall\"}]", searched)
                        .blocks())
                .extracting(block -> ((Call) block).tool())
                .containsExactly("mcp__katra__katra_recall");
        String twiceMore = "," + called("c", "ToolSearch") + "," + result("c", "none", false) + ","
                + called("d", "ToolSearch") + "," + result("d", "none", false);
        assertThat(text(reply(searching, searched + twiceMore))).contains("\"katra_recall\"");
    }

    @Test
    void withoutAScriptItSaysWhatItIs() {
        assertThat(text(reply(user("What is the meaning of life?"))))
                .startsWith("I am Katra's scripted demo model, not a language model.")
                .contains("katra_say {\"message\":\"hello\"}");
    }

    @Test
    void sideRequestsGetShortAnswers() {
        ScriptedModel model = new ScriptedModel(JSON);
        String messages = "\"messages\":[" + user("say hi") + "]";

        assertThat(text(model.reply(JSON.readTree("{" + messages + "}")))).isEqualTo("Demo");
        assertThat(text(model.reply(JSON.readTree("{\"max_tokens\":1,\"tools\":" + TOOLS + "," + messages + "}"))))
                .isEqualTo("Demo");
        assertThat(text(model.reply(JSON.readTree("{" + messages
                        + ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":"
                        + "{\"properties\":{\"title\":{\"type\":\"string\"},\"new\":{\"type\":\"boolean\"}}}}}}"))))
                .isEqualTo("{\"title\":\"Demo\",\"new\":false}");
    }

    private static Reply reply(String messages) {
        return reply(TOOLS, messages);
    }

    private static Reply reply(String tools, String messages) {
        return new ScriptedModel(JSON)
                .reply(JSON.readTree("{\"max_tokens\":32000,\"tools\":" + tools + ",\"messages\":[" + messages + "]}"));
    }

    private static String text(Reply reply) {
        assertThat(reply.blocks()).as("only text").hasOnlyElementsOfType(Text.class);
        return List.copyOf(reply.blocks()).get(0) instanceof Text text ? text.text() : "";
    }

    private static String user(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String mail(int number, String text) {
        return "{\"role\":\"system\",\"content\":\"UserPromptSubmit hook additional context: Katra mail:\\n#" + number
                + " Ann at noon\\n  " + text + "\"}";
    }

    private static String called(String id, String tool) {
        return "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + tool
                + "\",\"input\":{}}]}";
    }

    private static String result(String id, String text, boolean error) {
        return "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":\""
                + text + "\",\"is_error\":" + error + "}]}";
    }
}
