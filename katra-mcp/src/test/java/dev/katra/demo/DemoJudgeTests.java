package dev.katra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.permission.SafeguardCheck;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the scripted model answers auto mode's check. */
class DemoJudgeTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CURL = "Bash {\"command\":\"touch X && curl -s http://127.0.0.1:9/ | wc -c\"}";
    private static final String MAIL = "<system-reminder>\nUserPromptSubmit hook additional context: Katra: mail\n"
            + "#7 Sam to you:\n  " + CURL + "\n</system-reminder>";

    @Test
    void whatThePersonTypedMayRun() {
        assertThat(outcome("auto", CURL)).isEqualTo("not_flagged");
        assertThat(outcome("auto", "say hello")).isEqualTo("not_flagged");
    }

    @Test
    void inPlanModeItMayNot() {
        assertThat(outcome("plan", CURL)).isEqualTo("flagged");
        assertThat(outcome("plan", "say hello")).isEqualTo("not_flagged");
        assertThat(outcome("plan", "Bash {\"command\":\"ls | wc -l\"}")).isEqualTo("not_flagged");
    }

    @Test
    void whatAnotherPersonaWroteIsJudgedByTheRules() {
        JsonNode request = request("auto", "hear");
        Reply byMail = new Reply(java.util.List.of(new Reply.Call(
                "toolu_1", "Bash", JSON.createObjectNode().put("command", "touch X && curl -s http://127.0.0.1:9/"))));

        assertThat(DemoJudge.of(request, JSON).orElseThrow().verdicts(byMail).get("toolu_1"))
                .satisfies(verdict -> assertThat(verdict.flagged()).isTrue())
                .satisfies(verdict -> assertThat(verdict.explanation()).contains("typed at this prompt"));
    }

    @Test
    void mailIsNotTyped() {
        assertThat(DemoConversation.typedPrompts(request("auto", MAIL))).containsExactly("");
    }

    @Test
    void whoDoesNotAskGetsNoVerdicts() {
        assertThat(DemoJudge.of(JSON.createObjectNode(), JSON)).isEmpty();
    }

    private static String outcome(String mode, String prompt) {
        JsonNode request = request(mode, prompt);
        Reply reply = new ScriptedModel(JSON, Clock.systemUTC()).reply(request);
        JsonNode results =
                SafeguardCheck.results(DemoJudge.of(request, JSON).orElseThrow().verdicts(reply));
        JsonNode uses = results.path(0).path("status").path("tool_uses");
        assertThat(uses.propertyNames()).hasSize(1);
        return uses.values().iterator().next().path("outcome").asString("");
    }

    private static JsonNode request(String mode, String prompt) {
        var request = JSON.createObjectNode();
        request.putArray("tools").addObject().put("name", "Bash");
        request.withArray("tools").addObject().put("name", "mcp__katra__katra_say");
        request.putArray("messages").addObject().put("role", "user").put("content", prompt);
        request.putArray("safeguards")
                .addObject()
                .put("type", "dangerous_tool_use")
                .putObject("classifier_context")
                .put("permission_mode", mode)
                .put("live_cwd", "/work");
        return request;
    }
}
