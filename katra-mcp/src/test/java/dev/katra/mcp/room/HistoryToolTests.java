package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for messages, over the wire. */
class HistoryToolTests {

    private static final String LONG = "lorem ipsum dolor sit amet ".repeat(60);

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aQuestionFindsWhatWasSaidToTheRoomAndToOneself() {
        try (TestClient ann = TestClient.of(server, "ask-Ann");
                TestClient ben = TestClient.of(server, "ask-Ben");
                TestClient eve = TestClient.of(server, "ask-Eve")) {
            say(ann, "the lighthouse is repainted in May", List.of());
            say(ann, "the lighthouse keeper is called Otto", List.of("ask-Ben"));
            say(ann, "the harbour is closed", List.of());

            CallToolResult found = ben.call("katra_history", Map.of("query", "what about the lighthouse?"));

            assertThat(TestClient.text(found))
                    .contains("repainted in May", "called Otto")
                    .doesNotContain("harbour");
            assertThat(structured(found)).containsEntry("total", 2);
            assertThat(TestClient.text(eve.call("katra_history", Map.of("query", "lighthouse keeper"))))
                    .contains("repainted")
                    .doesNotContain("Otto");
            assertThat(TestClient.text(eve.call("katra_history", Map.of("query", "submarine"))))
                    .isEqualTo("no message matches");
        }
    }

    @Test
    void aLongMessageIsCutAroundTheMatchAndItsNumberGivesTheWhole() {
        server.session("cut-Ben");
        try (TestClient ann = TestClient.of(server, "cut-Ann");
                TestClient eve = TestClient.of(server, "cut-Eve")) {
            String text = LONG + "the windmill turns left " + LONG;
            Object number = say(ann, text, List.of("cut-Ben"));

            Map<String, Object> found = structured(ann.call("katra_history", Map.of("query", "windmill")));
            assertThat((String) messages(found).get(0).get("text"))
                    .contains("windmill turns left")
                    .hasSizeLessThan(620);
            assertThat(found)
                    .containsEntry("note", "#" + number + " cut; whole: katra_history {\"query\":\"#" + number + "\"}");

            assertThat(messages(structured(ann.call("katra_history", Map.of("query", "#" + number)))))
                    .singleElement()
                    .satisfies(whole -> assertThat(whole).containsEntry("text", text));
            assertThat(TestClient.text(eve.call("katra_history", Map.of("query", "#" + number))))
                    .startsWith("there is no message " + number + " that you can see");
        }
    }

    @Test
    void aQueryGoesWithoutAPlaceInTheHistory() {
        try (TestClient ann = TestClient.of(server, "place-Ann")) {
            CallToolResult result = ann.call("katra_history", Map.of("query", "x", "before", 3));

            assertThat(result.isError()).isTrue();
            assertThat(TestClient.text(result)).startsWith("a query finds messages wherever they are");
        }
    }

    private static Object say(TestClient client, String text, List<String> to) {
        Map<String, Object> arguments = to.isEmpty() ? Map.of("message", text) : Map.of("message", text, "to", to);
        return Objects.requireNonNull(client.answer("katra_say", arguments).get("number"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> structured(CallToolResult result) {
        assertThat(result.isError()).as(TestClient.text(result)).isNotEqualTo(true);
        return (Map<String, Object>) result.structuredContent();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> messages(Map<String, Object> answer) {
        return (List<Map<String, Object>>) Objects.requireNonNull(answer.get("messages"));
    }
}
