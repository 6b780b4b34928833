package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class HearToolTests {

    @Test
    @Timeout(60)
    void aWaitEndsWhenTheServerStops(@TempDir Path home) throws Exception {
        RunningServer server = RunningServer.start(home);
        TestClient client = TestClient.of(server, "Waiting");
        // A thread of its own: the client needs the common pool, which has one thread on a machine with two cores.
        FutureTask<CallToolResult> heard =
                new FutureTask<>(() -> client.call("katra_hear", Map.of("wait_seconds", 300)));
        new Thread(heard, "hearer").start();
        while (server.bean(WaitingHearCalls.class).count() == 0) {
            Thread.onSpinWait();
        }

        long start = System.nanoTime();
        server.close();

        // Boot itself gives requests half a minute.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
        assertThat(TestClient.text(heard.get(10, TimeUnit.SECONDS))).isEqualTo("nothing new");
    }

    @Test
    void anAnswerIsNoLargerThanWhatTheClientShowsItsModel(@TempDir Path home) {
        try (RunningServer server = RunningServer.start(home);
                TestClient ann = TestClient.of(server, "Ann")) {
            Actor speaker = actor(server, "Speaker");
            for (int i = 0; i < 30; i++) {
                server.bean(RoomService.class).say(speaker, NewMessage.toRoom("\"".repeat(2_000)), null);
            }
            Map<String, Object> heard = ann.answer("katra_hear", Map.of());

            assertThat(JsonMapper.shared().writeValueAsString(heard)).hasSizeBetween(44_000, 50_000);
            List<?> messages = (List<?>) Objects.requireNonNull(heard.get("messages"));
            assertThat(heard.get("more")).isEqualTo(30 - messages.size());
        }
    }

    @Test
    void aClientThatReportsNothingIsToldToAcknowledge(@TempDir Path home) {
        try (RunningServer server = RunningServer.start(home);
                TestClient ann = TestClient.of(server, "Ann")) {
            server.bean(RoomService.class).say(actor(server, "Speaker"), NewMessage.toRoom("hello"), null);

            assertThat(ann.answer("katra_hear", Map.of())).doesNotContainKey("note");
            CallToolResult again = ann.call("katra_hear", Map.of());

            String note = "nothing has told Katra that you have these: call katra_hear with ack=1";
            assertThat(again.structuredContent()).extracting("note").isEqualTo(note);
            assertThat(TestClient.text(again)).endsWith("\n" + note);
            assertThat(ann.answer("katra_hear", Map.of("ack", 1))).isEqualTo(Map.of("messages", List.of(), "more", 0));
        }
    }

    private static Actor actor(RunningServer server, String name) {
        return server.bean(SessionService.class).actor(server.session(name).session());
    }
}
