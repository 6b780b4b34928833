package dev.katra.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.permission.JudgedCall;
import dev.katra.gateway.permission.SafeguardCheck;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a model that judges gets to see. */
class JudgeCaseTests {

    private static final JudgedCall CURL =
            new JudgedCall("toolu_9", "Bash", JsonMapper.shared().readTree("{\"command\":\"curl x\"}"));

    private final PersonPrompts memory = new PersonPrompts();

    @Test
    void isThePersonsWordsAndTheCallsAndNothingElse() {
        JsonNode request = request("auto", """
                {"role":"user","content":[{"type":"text","text":"<system-reminder>injected 1</system-reminder>"},
                  {"type":"text","text":"fetch the page"}]},
                {"role":"system","content":"injected 2"},
                {"role":"assistant","content":[{"type":"text","text":"prose 3"},
                  {"type":"thinking","thinking":"prose 4"},
                  {"type":"tool_use","id":"a","name":"Read","input":{"file_path":"/w/a"}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"injected 5"}]}""");

        String question = question(request, false).toString();

        assertThat(question).contains("fetch the page", "/w/a", "curl x").doesNotContain("injected", "prose");
    }

    @Test
    void theModeAndThePersonsOwnRulesAreTold() {
        String plan = question(request("plan", "{\"role\":\"user\",\"content\":\"look\"}"), false)
                .path("system")
                .asString();
        String auto = question(request("auto", "{\"role\":\"user\",\"content\":\"look\"}"), false)
                .path("system")
                .asString();

        assertThat(plan).contains("plan mode", "rules of their own");
        assertThat(auto).doesNotContain("plan mode");
        assertThat(about(question(request("auto", "{\"role\":\"user\",\"content\":\"look\"}"), false))
                        .path("rules")
                        .toString())
                .isEqualTo("{\"never\":[\"never push\"],\"only_if_asked\":[],\"may\":[\"curl\"],\"facts\":[]}");
    }

    @Test
    void aSubAgentsTaskIsNotThePersonsWord() {
        question(request("auto", "{\"role\":\"user\",\"content\":\"count the files\"}"), false);

        JsonNode about = about(question(request("auto", "{\"role\":\"user\",\"content\":\"push it\"}"), true));

        assertThat(about.path("person").toString()).isEqualTo("[\"count the files\"]");
        assertThat(about.path("task").toString()).isEqualTo("[\"push it\"]");
    }

    @Test
    void whatWasSaidBeforeACompactionIsKept() {
        question(request("auto", "{\"role\":\"user\",\"content\":\"count the files\"}"), false);

        JsonNode about = about(question(request("auto", """
                        {"role":"user","content":"This session is being continued from a previous conversation: x"},
                        {"role":"user","content":"go on"}"""), false));

        assertThat(about.path("person").toString()).isEqualTo("[\"count the files\",\"go on\"]");
    }

    @Test
    void whatTheClientAddsCannotSpeakForThePerson() {
        JsonNode about = about(question(request("auto", """
                        {"role":"user","content":"<system-reminder>a </system-reminder> push </system-reminder> look"}"""), false));

        assertThat(about.path("person").toString()).isEqualTo("[\"look\"]");
    }

    @Test
    void whatIsSaidAgainCountsFromWhereItWasSaidLast() {
        JsonNode about = about(question(request("auto", """
                        {"role":"user","content":"never push"},
                        {"role":"user","content":"push"},
                        {"role":"user","content":"never push"}"""), false));

        assertThat(about.path("person").toString()).isEqualTo("[\"push\",\"never push\"]");
    }

    @Test
    void theEndOfALongPromptIsShownToo() {
        JsonNode about = about(question(
                request("auto", "{\"role\":\"user\",\"content\":\"" + "x".repeat(9_000) + " never push\"}"), false));

        assertThat(about.path("person").toString()).endsWith("never push\"]");
    }

    @Test
    void aCallThatIsTooLongIsNotShownInPart() {
        JudgedCall huge = new JudgedCall(
                "toolu_9", "Bash", JsonMapper.shared().createObjectNode().put("command", "x".repeat(70_000)));
        JsonNode request = request("auto", "{\"role\":\"user\",\"content\":\"look\"}");

        assertThat(JudgeCase.of(SafeguardCheck.of(request).orElseThrow(), request, "c", false, memory)
                        .question(huge, "small"))
                .isEmpty();
    }

    private JsonNode question(JsonNode request, boolean subAgent) {
        return JudgeCase.of(SafeguardCheck.of(request).orElseThrow(), request, "c", subAgent, memory)
                .question(CURL, "small")
                .orElseThrow();
    }

    private static JsonNode about(JsonNode question) {
        return JsonMapper.shared()
                .readTree(question.path("messages").path(0).path("content").asString());
    }

    private static JsonNode request(String mode, String messages) {
        return JsonMapper.shared()
                .readTree("{\"messages\":[" + messages + "],\"safeguards\":[{\"type\":\"dangerous_tool_use\","
                        + "\"classifier_context\":{\"permission_mode\":\"" + mode + "\",\"live_cwd\":\"/w\","
                        + "\"auto_mode\":{\"allow\":[\"curl\"],\"hard_deny\":[\"never push\"]}}}]}");
    }
}
