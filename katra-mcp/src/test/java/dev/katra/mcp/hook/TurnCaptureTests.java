package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.turn.PastTurn;
import dev.katra.core.turn.TurnBody;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of the turns that a client reports by its hooks, and who recalls it. */
@Timeout(60)
class TurnCaptureTests {

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
    void keepsThePromptOfAPersonAndTheLastAnswer() throws Exception {
        HookClient client = new HookClient(server, "Asked");
        assertThat(client.post("UserPromptSubmit", event("p1", "\"prompt\":\"Which port?\"")))
                .isEqualTo("{}");
        assertThat(client.post("Stop", event("p1", "\"last_assistant_message\":\"It is 5544.\"")))
                .isEqualTo("{}");
        assertThat(turns("Asked")).singleElement().satisfies(turn -> {
            assertThat(turn.body()).isEqualTo(new TurnBody("Which port?", "It is 5544."));
            assertThat(turn.origin().folder()).isEqualTo("/work");
            assertThat(turn.origin().conversation()).isEqualTo("c1");
            assertThat(turn.marks().team()).as("who finds it by default").isFalse();
        });
    }

    @Test
    void keepsNoPromptOfASubAgentAndNoneThatTheClientMade() throws Exception {
        HookClient client = new HookClient(server, "Agents");
        client.post("UserPromptSubmit", event("p1", "\"prompt\":\"for the agent\",\"agent_id\":\"a1\""));
        client.post("Stop", event("p1", "\"last_assistant_message\":\"by the agent\",\"agent_id\":\"a1\""));
        client.post("UserPromptSubmit", event("p2", "\"prompt\":\"<task-notification>done</task-notification>\""));
        client.post("Stop", event("p2", "\"last_assistant_message\":\"The build is green.\""));
        client.post("UserPromptSubmit", "{\"prompt\":\"without ids\"}");
        assertThat(turns("Agents"))
                .extracting(PastTurn::body)
                .containsExactly(new TurnBody(null, "The build is green."));
    }

    @Test
    void aTurnThatMailHasBegunKeepsItsAnswerAndTheWaiterStillWakes() throws Exception {
        HookClient client = new HookClient(server, "Woken");
        client.post("UserPromptSubmit", event("p1", "\"prompt\":\"hello\""));
        client.post("Stop", event("p1", "\"last_assistant_message\":\"Hello.\""));
        CompletableFuture<HttpResponse<String>> waiter =
                client.waiter(event("p1", "\"hook_event_name\":\"Stop\",\"last_assistant_message\":\"Hello.\""));
        client.say("what is the port?");
        String woken = waiter.get(20, TimeUnit.SECONDS).body();
        assertThat(woken).startsWith("Katra: mail for you.");
        assertThat(HookClient.context(
                        client.post("UserPromptSubmit", event("p2", "\"prompt\":\"" + woken.strip() + "\""))))
                .contains("what is the port?");
        client.post("Stop", event("p2", "\"last_assistant_message\":\"I told them 5544.\""));
        assertThat(turns("Woken"))
                .extracting(PastTurn::body)
                .containsExactly(new TurnBody(null, "I told them 5544."), new TurnBody("hello", "Hello."));
    }

    @Test
    void keepsWhatACompactionHandsOver() throws Exception {
        HookClient client = new HookClient(server, "Compacted");
        assertThat(client.post(
                        "PreCompact", event("p1", "\"trigger\":\"manual\",\"custom_instructions\":\"keep the ports\"")))
                .isEqualTo("{}");
        assertThat(client.post("PostCompact", event("p1", "\"compact_summary\":\"The port is 5544.\"")))
                .isEqualTo("{}");
        assertThat(turns("Compacted")).singleElement().satisfies(turn -> {
            assertThat(turn.marks().handover()).isTrue();
            assertThat(turn.body()).isEqualTo(new TurnBody("keep the ports", "The port is 5544."));
        });
    }

    @Test
    void isRecalledByItsOwnPersonaIfNoMemoryAnswers() throws Exception {
        HookClient hooks = new HookClient(server, "Recaller");
        hooks.post("UserPromptSubmit", event("p1", "\"prompt\":\"Where does the xylophone stand?\""));
        hooks.post("Stop", event("p1", "\"last_assistant_message\":\"In the cellar of the old mill.\\nsecond line\""));
        try (TestClient own = TestClient.connect(server, hooks.token());
                TestClient other = TestClient.of(server, "Stranger")) {
            Map<String, Object> question = Map.of("query", "where is the xylophone?");
            assertThat(recall(other, question)).isEqualTo("no memory matches");
            assertThat(recall(own, question))
                    .startsWith("no memory matches\nfrom past turns:\nturn ")
                    .contains(
                            " of Recaller, ",
                            " [xylophone]\n  asked:\n  Where does the xylophone stand?",
                            "\n  answered:\n  In the cellar of the old mill.\n  second line");
            assertThat(recall(own, Map.of("query", "xylophone", "kind", "decision")))
                    .isEqualTo("no memory matches");
            own.call("katra_remember", Map.of("content", "The xylophone stands in the attic now."));
            assertThat(recall(own, question)).contains("in the attic now").doesNotContain("past turns");
        }
    }

    @Test
    void keepsAndRecallsNothingIfItIsOff(@TempDir Path folder) throws Exception {
        try (RunningServer off = RunningServer.start(folder, 0, Map.of("katra.capture", "off"))) {
            HookClient client = new HookClient(off, "Quiet");
            client.post("UserPromptSubmit", event("p1", "\"prompt\":\"Which port?\""));
            client.post("PreCompact", event("p1", "\"trigger\":\"auto\""));
            client.post("Stop", event("p1", "\"last_assistant_message\":\"It is 5544.\""));
            assertThat(off.bean(TurnService.class).newest(TurnSelection.ALL, 10))
                    .isEmpty();
        }
    }

    private static String recall(TestClient client, Map<String, Object> question) {
        return TestClient.text(client.call("katra_recall", question));
    }

    private static List<PastTurn> turns(String persona) {
        return server.bean(TurnService.class).newest(TurnSelection.ALL, 100).stream()
                .filter(turn -> turn.persona().equals(persona))
                .toList();
    }

    private static String event(String prompt, String more) {
        return "{\"session_id\":\"c1\",\"cwd\":\"/work\",\"prompt_id\":\"" + prompt + "\"," + more + "}";
    }
}
