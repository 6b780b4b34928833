package dev.katra.mcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.core.store.StorePool;
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
@Timeout(240)
class WaitingHearCallsTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
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
    void fiveHundredSessionsWaitAtNoCostAndOneSayToTheRoomReleasesThem() throws Exception {
        int few = 50;
        int all = 500;
        List<CompletableFuture<HttpResponse<String>>> heard = new ArrayList<>();
        ClaimedSession speaker = server.session("Speaker");
        int threads = 0;
        for (int i = 1; i <= all; i++) {
            ClaimedSession session = server.session("Waiter-" + i);
            heard.add(HTTP.sendAsync(request(session, HEAR), BodyHandlers.ofString()));
            int waiting = i;
            until(() -> held() == waiting);
            if (i == few) {
                threads = threads();
            }
        }
        assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 2);
        until(() -> connections() == 0);

        server.bean(RoomService.class).say(actor(speaker), NewMessage.toRoom("hello"), null);
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
    void aWaitingCallAcknowledgesWhatCameBeforeAndReturnsOnlyWhatIsNew() throws Exception {
        ClaimedSession session = server.session("Acker");
        say("Acker");
        assertThat(send(session, HEAR.replace("toolu_1", "toolu_0"))).contains("hello");

        CompletableFuture<HttpResponse<String>> heard = HTTP.sendAsync(
                request(session, HEAR.replace("{\"wait_seconds\"", "{\"ack\":1,\"wait_seconds\"")),
                BodyHandlers.ofString());
        until(() -> held() == 1);
        assertThat(server.bean(RoomService.class).unread(session.session().personaId()))
                .isZero();
        server.bean(RoomService.class)
                .say(actor(server.session("Other")), NewMessage.to(List.of("Acker"), "the next"), null);

        assertThat(heard.get(20, TimeUnit.SECONDS).body())
                .contains("the next")
                .doesNotContain("hello")
                .doesNotContain("redelivered");
    }

    @Test
    void aWaitingCallThatIsSentAgainGetsItsBatchAgainThoughItWasAcknowledged() throws Exception {
        ClaimedSession session = server.session("Resend");
        say("Resend");
        assertThat(send(session, HEAR)).contains("hello");
        server.bean(RoomService.class).acknowledge(actor(session), 1);

        assertThat(send(session, HEAR)).contains("hello").doesNotContain("redelivered");
    }

    @Test
    void aCancelledCallHearsNothing() throws Exception {
        ClaimedSession session = server.session("Cancel");
        CompletableFuture<HttpResponse<String>> heard = HTTP.sendAsync(request(session, HEAR), BodyHandlers.ofString());
        until(() -> held() == 1);
        HTTP.send(
                request(
                        session,
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
        CompletableFuture<HttpResponse<String>> heard = HTTP.sendAsync(request(session, HEAR), BodyHandlers.ofString());
        until(() -> held() == 1);
        heard.cancel(true);

        until(() -> held() == 0);
    }

    /** But for those of the test's own client. */
    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient"))
                .count();
    }

    /** To the store, that are in use. */
    private int connections() {
        return server.beans(StorePool.class).stream()
                .mapToInt(StorePool::active)
                .sum();
    }

    private int held() {
        return server.bean(WaitingHearCalls.class).count();
    }

    private void say(String to) {
        ClaimedSession speaker = server.session("speaks-to-" + to);
        server.bean(RoomService.class).say(actor(speaker), NewMessage.to(List.of(to), "hello"), null);
    }

    private Actor actor(ClaimedSession session) {
        return server.bean(SessionService.class).actor(session.session());
    }

    private String send(ClaimedSession session, String body) throws Exception {
        return HTTP.sendAsync(request(session, body), BodyHandlers.ofString())
                .get(20, TimeUnit.SECONDS)
                .body();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private HttpRequest request(ClaimedSession session, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/mcp"))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        return request.POST(BodyPublishers.ofString(body)).build();
    }
}
