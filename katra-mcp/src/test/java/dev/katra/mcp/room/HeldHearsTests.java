package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of katra_hear that wait, over the wire. */
@Timeout(120)
class HeldHearsTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",
             "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private static final String HEAR = """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"katra_hear","arguments":{"wait_seconds":120},
             "_meta":{"claudecode/toolUseId":"toolu_1"}}}""";

    @TempDir
    Path home;

    RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(home);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void fiveHundredWaitWithoutThreadsAndOneSayReleasesThem() throws Exception {
        int waiters = 500;
        List<CompletableFuture<HttpResponse<String>>> heard = new ArrayList<>();
        ClaimedSession session = server.session("Crowd");
        String mcp = handshake(session);
        int before = Thread.activeCount();
        for (int i = 0; i < waiters; i++) {
            heard.add(HTTP.sendAsync(request(session, mcp, HEAR), BodyHandlers.ofString()));
        }
        until(() -> held() == waiters);
        long busy = Thread.getAllStackTraces().values().stream()
                .filter(stack -> stack.length > 0)
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith(HeldHears.class.getName() + "$")))
                .count();
        assertThat(busy).as("threads that wait").isZero();
        assertThat(Thread.activeCount() - before).as("more threads than before").isLessThan(waiters / 2);

        say("Crowd");
        for (CompletableFuture<HttpResponse<String>> each : heard) {
            assertThat(each.get(60, TimeUnit.SECONDS).body()).contains("hello");
        }
        assertThat(held()).isZero();
    }

    @Test
    void aWaitingCallAcknowledgesNothingThatItWasNeverGiven() {
        try (TestClient ann = TestClient.of(server, "ack-Ann");
                TestClient ben = TestClient.of(server, "ack-Ben")) {
            ann.call("katra_say", Map.of("message", "unseen", "to", List.of("ack-Ben")));

            assertThat(TestClient.text(ben.call("katra_hear", Map.of("wait_seconds", 1, "ack", 1_000_000))))
                    .contains("unseen");
        }
    }

    @Test
    void aCancelledCallHearsNothing() throws Exception {
        ClaimedSession session = server.session("Cancel");
        String mcp = handshake(session);
        CompletableFuture<HttpResponse<String>> heard =
                HTTP.sendAsync(request(session, mcp, HEAR), BodyHandlers.ofString());
        until(() -> held() == 1);
        HTTP.send(
                request(
                        session,
                        mcp,
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}"),
                BodyHandlers.ofString());

        assertThat(heard.get(10, TimeUnit.SECONDS).body()).isEmpty();
        say("Cancel");
        assertThat(server.bean(RoomService.class).unread(session.session().personaId()))
                .isEqualTo(1);
    }

    @Test
    void aClientThatLeavesIsNotWaitedFor() throws Exception {
        ClaimedSession session = server.session("Leave");
        CompletableFuture<HttpResponse<String>> heard =
                HTTP.sendAsync(request(session, handshake(session), HEAR), BodyHandlers.ofString());
        until(() -> held() == 1);
        heard.cancel(true);

        until(() -> held() == 0);
    }

    private int held() {
        return server.bean(HeldHears.class).count();
    }

    private void say(String to) {
        ClaimedSession speaker = server.session("speaks-to-" + to);
        Actor actor = server.bean(SessionService.class).actor(speaker.session());
        server.bean(RoomService.class).say(actor, NewMessage.to(List.of(to), "hello"), null);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private String handshake(ClaimedSession session) throws Exception {
        return HTTP.send(request(session, "", INITIALIZE), BodyHandlers.ofString())
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private HttpRequest request(ClaimedSession session, String mcp, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/mcp"))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        if (!mcp.isEmpty()) {
            request.header("Mcp-Session-Id", mcp);
        }
        return request.POST(BodyPublishers.ofString(body)).build();
    }
}
