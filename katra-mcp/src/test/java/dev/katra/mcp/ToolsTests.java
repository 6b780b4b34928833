package dev.katra.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools over the wire, called by the SDK's own client. */
class ToolsTests {

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
    void oneSaysAndTheOtherHears() {
        try (TestClient ann = TestClient.of(server, "say-Ann");
                TestClient ben = TestClient.of(server, "say-Ben")) {
            ann.answer("katra_say", Map.of("message", "hello\nforged", "to", List.of("say-ben")));
            CallToolResult heard = ben.call("katra_hear", Map.of());

            assertThat(messages(heard)).singleElement().satisfies(message -> assertThat(message)
                    .containsEntry("from", "say-Ann")
                    .containsEntry("text", "hello\nforged")
                    .containsEntry("to", List.of("say-Ben"))
                    .hasEntrySatisfying("at", at -> assertThat(at).asString().matches("\\d+s ago")));
            assertThat(TestClient.text(heard)).contains("say-Ann to say-Ben").endsWith("\n  hello\n  forged");
            assertThat(messages(ben.call("katra_hear", Map.of())))
                    .as("not proved received")
                    .singleElement()
                    .satisfies(message -> assertThat(message).containsEntry("redelivered", true));
            assertThat(messages(ben.call(
                            "katra_hear", Map.of("ack", messages(heard).get(0).get("number")))))
                    .isEmpty();
            assertThat(TestClient.text(ann.call("katra_history", Map.of()))).contains("[received: say-Ben]");
            assertThat(messages(ann.call("katra_hear", Map.of()))).isEmpty();
        }
    }

    @Test
    void sayingToOneAsAPlainStringIsUnderstood() {
        try (TestClient ann = TestClient.of(server, "plain-Ann");
                TestClient ben = TestClient.of(server, "plain-Ben")) {
            assertThat(ann.answer("katra_say", Map.of("message", "hi", "to", "plain-Ben")))
                    .containsEntry("recipients", List.of("plain-Ben"));
            assertThat(messages(ben.call("katra_hear", Map.of()))).hasSize(1);
        }
    }

    @Test
    void aCallThatIsSentAgainSaysNothingTwice() {
        ClaimedSession session = server.session("twice-Ben");
        Actor twiceBen = server.bean(SessionService.class).actor(session.session());
        try (TestClient ann = TestClient.of(server, "twice-Ann");
                TestClient ben = TestClient.connect(server, session.token())) {
            Map<String, Object> once = Map.of("message", "once", "to", List.of("twice-Ben"));
            CallToolResult first = ann.call("katra_say", once, "toolu_1");
            CallToolResult again = ann.call("katra_say", once, "toolu_1");

            assertThat(again.structuredContent()).isEqualTo(first.structuredContent());
            CallToolResult heard = ben.call("katra_hear", Map.of(), "toolu_2");
            assertThat(messages(heard)).hasSize(1);
            assertThat(messages(ben.call("katra_hear", Map.of(), "toolu_2")))
                    .as("the resent call gets the same batch")
                    .singleElement()
                    .satisfies(message -> assertThat(message).containsEntry("text", "once"));
            server.bean(RoomService.class).confirmReceived(twiceBen, List.of("toolu_2"));
            assertThat(messages(ben.call("katra_hear", Map.of(), "toolu_3"))).isEmpty();
        }
    }

    @Test
    void anUnknownRecipientIsAnErrorThatNamesNearOnes() {
        try (TestClient ann = TestClient.of(server, "near-Ann")) {
            CallToolResult result = ann.call("katra_say", Map.of("message", "hi", "to", List.of("near-An")));

            assertThat(result.isError()).isTrue();
            assertThat(TestClient.text(result)).contains("\"near-An\"").contains("did you mean near-Ann");
        }
    }

    @Test
    void wrongArgumentsAreErrorsThatTellTheRightOnes() {
        try (TestClient ann = TestClient.of(server, "args-Ann")) {
            assertThat(TestClient.text(ann.call("katra_say", Map.of("text", "hi"))))
                    .isEqualTo("unknown argument \"text\"\nhint: katra_say takes message, to, reply_to");
            assertThat(TestClient.text(ann.call("katra_say", Map.of())))
                    .isEqualTo("the argument \"message\" is missing\nhint: katra_say takes message, to, reply_to");
            assertThat(TestClient.text(ann.call("katra_hear", Map.of("wait_seconds", "soon"))))
                    .startsWith("the argument \"wait_seconds\" is of the wrong kind");
            assertThat(TestClient.text(ann.call("katra_hear", Map.of("wait_seconds", 301))))
                    .startsWith("wait_seconds is 301, and must be 0 to 300");
            assertThat(ann.call("katra_forget", Map.of("id", 4711)).isError()).isTrue();
        }
    }

    @Test
    void waitingSessionsHoldNoConnectionAndHearAtOnce() throws Exception {
        List<TestClient> hearers = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (TestClient speaker = TestClient.of(server, "wait-Speaker")) {
            List<CompletableFuture<CallToolResult>> heard = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                names.add("wait-" + i);
                TestClient hearer = TestClient.of(server, "wait-" + i);
                hearers.add(hearer);
                heard.add(CompletableFuture.supplyAsync(
                        () -> hearer.call("katra_hear", Map.of("wait_seconds", 60)), threads));
            }
            assertThat(speaker.answer("katra_whoami", Map.of())).containsEntry("persona", "wait-Speaker");
            assertThat(heard).noneMatch(CompletableFuture::isDone);

            speaker.answer("katra_say", Map.of("message", "now", "to", names));
            for (CompletableFuture<CallToolResult> each : heard) {
                assertThat(messages(each.get(20, TimeUnit.SECONDS))).hasSize(1);
            }
        } finally {
            hearers.forEach(TestClient::close);
            threads.shutdown();
        }
    }

    @Test
    void aWaitEndsWithNothing() {
        try (TestClient ann = TestClient.of(server, "nothing-Ann")) {
            CallToolResult result = ann.call("katra_hear", Map.of("wait_seconds", 1));

            assertThat(TestClient.text(result)).isEqualTo("nothing new");
            assertThat(result.structuredContent()).isEqualTo(Map.of("messages", List.of(), "more", 0));
        }
    }

    @Test
    void whoIsHereShowsTheOthersAndOneself() {
        try (TestClient ann = TestClient.of(server, "who-Ann");
                TestClient ben = TestClient.of(server, "who-Ben")) {
            Map<String, Object> here = ann.answer("katra_who_is_here", Map.of());

            assertThat(here.get("sessions"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .anySatisfy(each -> assertThat(each.toString())
                            .contains("persona=who-Ann", "provider=demo", "model=demo-1", "state=idle", "you=true"))
                    .anySatisfy(each -> assertThat(each.toString())
                            .contains("persona=who-Ben")
                            .doesNotContain("you="));
            assertThat(ben.answer("katra_whoami", Map.of()))
                    .containsEntry("persona", "who-Ben")
                    .containsEntry("unread", 0);
        }
    }

    @Test
    void historyShowsTheRoomAndOnesOwnMailOldestFirst() {
        try (TestClient ann = TestClient.of(server, "past-Ann");
                TestClient ben = TestClient.of(server, "past-Ben");
                TestClient eve = TestClient.of(server, "past-Eve")) {
            ann.answer("katra_say", Map.of("message", "first", "to", List.of("past-Ben")));
            ann.answer("katra_say", Map.of("message", "second", "to", List.of("past-Ben")));

            assertThat(messages(ben.call("katra_history", Map.of("with", "past-ann", "limit", 2))))
                    .extracting(message -> message.get("text"))
                    .containsExactly("first", "second");
            assertThat(messages(ben.call("katra_history", Map.of("limit", 1)))
                            .get(0)
                            .get("at"))
                    .asString()
                    .matches("[-0-9]+T[:0-9]+Z");
            assertThat(messages(eve.call("katra_history", Map.of("with", "past-Ann"))))
                    .as("what went to others only")
                    .isEmpty();
        }
    }

    @Test
    void whatOneRemembersTheOtherRecallsUntilItIsForgotten() {
        try (TestClient ann = TestClient.of(server, "memory-Ann");
                TestClient ben = TestClient.of(server, "memory-Ben")) {
            Map<String, Object> stored = ann.answer(
                    "katra_remember",
                    Map.of("content", "the zebra crossing is closed", "kind", "decision", "tags", List.of("road")));
            ann.answer("katra_remember", Map.of("content", "my zebra secret", "scope", "private"));

            CallToolResult found = ben.call("katra_recall", Map.of("query", "which zebra crossings are closed?"));
            assertThat(TestClient.text(found))
                    .contains("decision by memory-Ann", "tags road", "  the zebra crossing is closed")
                    .doesNotContain("secret");
            assertThat(TestClient.text(ben.call("katra_forget", Map.of("id", id(stored)))))
                    .contains("is memory-Ann's");
            ann.answer("katra_forget", Map.of("id", id(stored)));
            assertThat(TestClient.text(ben.call("katra_recall", Map.of("query", "zebra"))))
                    .isEqualTo("no memory matches");
        }
    }

    private static Object id(Map<String, Object> stored) {
        return Objects.requireNonNull(stored.get("number"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> messages(CallToolResult result) {
        assertThat(result.isError()).as(TestClient.text(result)).isNotEqualTo(true);
        Map<String, Object> structured = (Map<String, Object>) result.structuredContent();
        return (List<Map<String, Object>>) Objects.requireNonNull(structured.get("messages"));
    }
}
