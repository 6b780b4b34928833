package dev.katra.gateway.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SystemTurnsTests {

    private static final String FIRST = "{\"role\":\"user\",\"content\":\"hello\"},"
            + "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"where you are\","
            + "\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"tool_addition\",\"tool\":{}}]}";
    private static final String MORE = ",{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\"}]},"
            + "{\"role\":\"system\",\"content\":\"later\"},"
            + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}";

    @Test
    void goIntoTheTurnsOfTheUser() {
        JsonNode folded = folded(FIRST + MORE);

        assertThat(roles(folded)).containsExactly("user", "assistant", "user");
        assertThat(folded.path("messages").path(0).path("content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"hello\"},{\"type\":\"text\",\"text\":"
                        + "\"<system-reminder>\\nwhere you are\\n</system-reminder>\","
                        + "\"cache_control\":{\"type\":\"ephemeral\"}}]");
        assertThat(folded.path("messages").path(2).path("content").toString())
                .as("results of calls come first")
                .startsWith("[{\"type\":\"tool_result\"")
                .contains("later");
    }

    @Test
    void stayWhereTheyAreWhenTheConversationGrows() {
        JsonNode before = folded(FIRST).path("messages");
        JsonNode after = folded(FIRST + MORE).path("messages");

        assertThat(after.path(0)).isEqualTo(before.path(0));
    }

    @Test
    void goIntoTheSystemPromptAtTheBeginning() {
        JsonNode folded = folded("{\"role\":\"system\",\"content\":\"rules\"},{\"role\":\"user\",\"content\":\"x\"}");

        assertThat(roles(folded)).containsExactly("user");
        assertThat(folded.path("system").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"you are\"},{\"type\":\"text\",\"text\":\"rules\"}]");
    }

    @Test
    void areATurnOfTheirOwnAtTheEndAfterAnAnswer() {
        JsonNode folded = folded("{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"y\"},"
                + "{\"role\":\"system\",\"content\":\"go on\"}");

        assertThat(roles(folded)).containsExactly("user", "assistant", "user");
    }

    private static JsonNode folded(String messages) {
        ObjectNode request =
                (ObjectNode) JsonMapper.shared().readTree("{\"system\":\"you are\",\"messages\":[" + messages + "]}");
        return SystemTurns.folded(request);
    }

    private static List<String> roles(JsonNode request) {
        return request.path("messages").values().stream()
                .map(message -> message.path("role").asString(""))
                .toList();
    }
}
