package dev.katra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.demo.Reply.Call;
import dev.katra.demo.Reply.Text;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the model answers to the requests that the real client sends. */
class ScriptedModelTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Clock NOW_CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
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
    void mailThatCameWithThePromptIsNotWaitedFor() {
        String script = user("until \\\"this is Ann\\\" hear 60\\nsay hello Ann");

        assertThat(tools(reply(script + "," + mail(7, "this is Ann")))).containsExactly("mcp__katra__katra_say");
    }

    @Test
    void mailOfAWokenTurnThatDidNothingIsNotWaitedForInTheNext() {
        String woken = "{\"role\":\"user\",\"content\":\"<system-reminder>woken</system-reminder>\"},"
                + mail(7, "this is Ann") + ",{\"role\":\"assistant\",\"content\":\"I am\"},";
        String script = user("until \\\"this is Ann\\\" hear 60\\nsay hello Ann");

        assertThat(tools(reply(woken + script))).containsExactly("mcp__katra__katra_say");
        String done = woken + script + "," + called("a", "mcp__katra__katra_say") + "," + result("a", "said", false)
                + ",{\"role\":\"assistant\",\"content\":\"done\"},";
        assertThat(tools(reply(done + script))).containsExactly("mcp__katra__katra_hear");
    }

    @Test
    void mailThatComesInTheMiddleOfATurnIsTakenAndTheScriptGoesOn() {
        String script = user("until \\\"this is Ann\\\" hear 60\\nsay hello Ann\\nwho");
        String waiting = script + "," + called("a", "mcp__katra__katra_hear") + "," + result("a", "nothing", false);
        String told = waiting + "," + mail(7, "this is Ann");

        assertThat(tools(reply(waiting))).containsExactly("mcp__katra__katra_hear");
        assertThat(tools(reply(told))).containsExactly("mcp__katra__katra_say");
        String said = told + "," + called("b", "mcp__katra__katra_say") + "," + result("b", "said", false);
        assertThat(text(reply(said))).contains("\"katra_who_is_here\"");
    }

    @Test
    void aPromptAfterAnInterruptionStartsANewScript() {
        String interrupted = user("hear\\nsay wrong") + "," + called("a", "mcp__katra__katra_hear")
                + ",{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"a\",\"content\":\"stopped\",\"is_error\":true},"
                + "{\"type\":\"text\",\"text\":\"[Request interrupted by user for tool use]\"}]},";

        assertThat(reply(interrupted + user("say right")).blocks())
                .singleElement()
                .satisfies(block -> assertThat(
                                ((Call) block).input().path("message").asString())
                        .isEqualTo("right"));
    }

    @Test
    void aTextThatDoesNotComeIsNotWaitedForLongerThanTwoMinutes() {
        String once = waitingForAnn(1);
        String often = waitingForAnn(5);

        assertThat(tools(reply(after(LONGEST_WAIT), once)))
                .as("the clock may have been stepped")
                .containsExactly("mcp__katra__katra_hear");
        assertThat(tools(reply(after(LONGEST_WAIT.minusMillis(1)), often))).containsExactly("mcp__katra__katra_hear");
        assertThat(text(reply(after(LONGEST_WAIT), often)))
                .contains("\"this is Ann\" has not come within 2 minutes", "stops here");
    }

    private static String waitingForAnn(int tries) {
        var turn = new StringBuilder(user("until \\\"this is Ann\\\" hear 60\\nsay hello Ann"));
        for (int made = 0; made < tries; made++) {
            String id = DemoCallIds.madeAt(NOW);
            turn.append(",").append(called(id, "mcp__katra__katra_hear"));
            turn.append(",").append(result(id, "nothing", false));
        }
        return turn.toString();
    }

    @Test
    void aTurnIsBoundedInTime() {
        String begun = DemoCallIds.madeAt(NOW);
        String turn = user("say one\\nsay two") + "," + called(begun, "mcp__katra__katra_say") + ","
                + result(begun, "said", false);

        assertThat(tools(reply(after(Duration.ofMinutes(9)), turn))).containsExactly("mcp__katra__katra_say");
        assertThat(text(reply(after(Duration.ofMinutes(10)), turn))).contains("10 minutes", "stops here");
        assertThat(tools(reply(
                        after(Duration.ofMinutes(10)),
                        turn + ",{\"role\":\"assistant\",\"content\":\"no\"}," + user("hear"))))
                .as("the next turn has its own time")
                .containsExactly("mcp__katra__katra_hear");
    }

    @Test
    void aTurnIsBoundedInCalls() {
        var turn = new StringBuilder(user("until \\\"x\\\" hear"));
        for (int call = 0; call < 100; call++) {
            assertThat(reply(turn.toString()).stopReason()).isEqualTo("tool_use");
            turn.append(",").append(called("c" + call, "mcp__katra__katra_hear"));
            turn.append(",").append(result("c" + call, "nothing", false));
        }

        assertThat(text(reply(turn.toString()))).contains("100 calls", "stops here");
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
        ScriptedModel model = new ScriptedModel(JSON, NOW_CLOCK);
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
        return reply(NOW_CLOCK, tools, messages);
    }

    private static Reply reply(Clock clock, String messages) {
        return reply(clock, TOOLS, messages);
    }

    private static Reply reply(Clock clock, String tools, String messages) {
        return new ScriptedModel(JSON, clock)
                .reply(JSON.readTree("{\"max_tokens\":32000,\"tools\":" + tools + ",\"messages\":[" + messages + "]}"));
    }

    private static Clock after(Duration time) {
        return Clock.fixed(NOW.plus(time), ZoneOffset.UTC);
    }

    private static List<String> tools(Reply reply) {
        assertThat(reply.blocks()).as("only calls").hasOnlyElementsOfType(Call.class);
        return reply.blocks().stream().map(block -> ((Call) block).tool()).toList();
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
