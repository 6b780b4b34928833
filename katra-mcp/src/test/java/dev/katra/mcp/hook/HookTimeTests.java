package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.store.Writes;
import dev.katra.core.wake.WakeOutcome;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestTime;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What hooks and waiters do as time passes, on a clock of the test's. */
@Timeout(60)
class HookTimeTests {

    @TempDir
    Path home;

    RunningServer server;
    TestTime.Tasks time;
    HookClient sam;

    @BeforeEach
    void start() {
        server = RunningServer.start(home, 0, Map.of("katra.wake.turns-per-hour", "1"), TestTime.class);
        time = server.bean(TestTime.Tasks.class);
        sam = new HookClient(server, "Sam");
        state(SessionState.IDLE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWaiterIsSentBackBeforeItGivesUp() throws Exception {
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{}");
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(50)));
        time.advance(Duration.ofSeconds(49));
        assertThat(waiter).isNotDone();

        time.advance(Duration.ofSeconds(1));

        assertThat(status(waiter)).isEqualTo(204);
    }

    @Test
    void aSpentSessionIsWokenOnceItsBudgetAllows() throws Exception {
        sam.say("hello");
        assertThat(server.bean(WakeService.class).tryCharge(sam.session(), false))
                .isEqualTo(WakeOutcome.WAKE);
        time.advance(Duration.ofMinutes(60).minusSeconds(40));
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{}");
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(40).plusMillis(10)));
        time.advance(Duration.ofSeconds(39));
        assertThat(waiter).isNotDone();

        time.advance(Duration.ofSeconds(2));

        assertThat(status(waiter)).isEqualTo(200);
    }

    @Test
    void atItsStartASessionIsGivenAMomentBeforeOldMailWakesIt() throws Exception {
        sam.say("hello");
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{\"hook_event_name\":\"SessionStart\"}");
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(3)));
        time.advance(Duration.ofMillis(2900));
        assertThat(waiter).isNotDone();

        time.advance(Duration.ofMillis(100));

        assertThat(status(waiter)).isEqualTo(200);
    }

    @Test
    void aTurnThatTheProviderFailedIsOverAndIsNotBegunAgainAtOnce() throws Exception {
        state(SessionState.WORKING);
        sam.say("hello");
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{\"hook_event_name\":\"StopFailure\"}");
        assertThat(server.bean(SessionService.class)
                        .find(sam.session())
                        .orElseThrow()
                        .progress()
                        .state())
                .isEqualTo(SessionState.IDLE);
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(45)));
        time.advance(Duration.ofSeconds(44));
        assertThat(waiter).isNotDone();

        time.advance(Duration.ofSeconds(1));

        assertThat(status(waiter)).isEqualTo(200);
    }

    @Test
    void anInterruptedTurnIsTakenForOverWhenNothingIsHeardForTwoMinutes() throws Exception {
        state(SessionState.WORKING);
        sam.post("PostToolUse", "{}");
        sam.say("hello");
        time.advance(Duration.ofSeconds(100));
        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{}");
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(20)));
        time.advance(Duration.ofSeconds(10));
        sam.post("PostToolUse", "{}");
        time.advance(Duration.ofSeconds(10));
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(110)));
        time.advance(Duration.ofSeconds(30));
        assertThat(status(waiter)).isEqualTo(204);
        time.advance(Duration.ofSeconds(79));
        CompletableFuture<HttpResponse<String>> next = sam.waiter("{}");
        HookClient.until(() -> time.waitsFor(Duration.ofSeconds(1)));
        assertThat(next).isNotDone();

        time.advance(Duration.ofSeconds(1));

        assertThat(status(next)).isEqualTo(200);
    }

    @Test
    void aSessionListensWhileItHasAWaiterOrIsAboutToHaveOne() throws Exception {
        WakePolls desk = server.bean(WakePolls.class);
        assertThat(desk.isListening(sam.session()))
                .as("the server has just started, and waiters come back")
                .isTrue();
        time.advance(Duration.ofSeconds(31));
        assertThat(desk.isListening(sam.session())).as("none came").isFalse();

        CompletableFuture<HttpResponse<String>> waiter = sam.waiter("{}");
        assertThat(desk.isListening(sam.session())).as("one waits").isTrue();
        sam.say("hello");
        assertThat(status(waiter)).isEqualTo(200);
        HookClient.until(() -> !desk.isOpen(sam.session()));
        assertThat(desk.isListening(sam.session()))
                .as("its turn is about to begin")
                .isTrue();
        time.advance(Duration.ofSeconds(11));
        assertThat(desk.isListening(sam.session())).as("it has not begun").isFalse();
    }

    @Test
    void mailThatComesTooLateForItsPromptIsNotTakenForGiven() throws Exception {
        time.advance(ClientReports.QUIET.plusSeconds(1));
        sam.say("hello");
        CountDownLatch busy = keepTheStoreBusy();
        CompletableFuture<HttpResponse<String>> prompt = sam.begin("UserPromptSubmit", "{\"prompt_id\":\"p1\"}");
        HookClient.until(() -> !server.bean(ClientReports.class).isQuiet(sam.session()));
        time.advance(Duration.ofMillis(1600));
        busy.countDown();

        assertThat(prompt.get(20, TimeUnit.SECONDS).body()).isEqualTo("{}");
        comesAgain();
    }

    @Test
    void mailForAPromptWhoseClientHasLeftIsNotTakenForGiven() throws Exception {
        time.advance(ClientReports.QUIET.plusSeconds(1));
        sam.say("hello");
        CountDownLatch busy = keepTheStoreBusy();
        try (Socket client = sam.open("UserPromptSubmit", "{\"prompt_id\":\"p1\"}")) {
            HookClient.until(() -> !server.bean(ClientReports.class).isQuiet(sam.session()));
            client.setSoLinger(true, 0);
        }
        busy.countDown();

        comesAgain();
    }

    @Test
    void sessionsThatHaveEndedAreForgotten() throws Exception {
        sam.post("PostToolUse", "{}");
        server.bean(SessionService.class).end(sam.session(), "stopped");
        new HookClient(server, "Ben").post("PostToolUse", "{}");

        assertThat(server.bean(ClientReports.class).count()).isEqualTo(1);
    }

    private void comesAgain() throws Exception {
        sam.post("Stop", "{\"prompt_id\":\"p1\"}");
        assertThat(sam.unread()).as("p1 proves nothing").isEqualTo(1);
        assertThat(HookClient.context(sam.post("UserPromptSubmit", "{\"prompt_id\":\"p2\"}")))
                .contains("hello");
    }

    /** No write is done until it is counted down. */
    private CountDownLatch keepTheStoreBusy() {
        CountDownLatch busy = new CountDownLatch(1);
        var unused = server.bean(Writes.class).submit(() -> await(busy));
        return busy;
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void state(SessionState state) {
        server.bean(SessionService.class).changeState(sam.session(), state);
    }

    private static int status(CompletableFuture<HttpResponse<String>> waiter) throws Exception {
        return waiter.get(20, TimeUnit.SECONDS).statusCode();
    }
}
