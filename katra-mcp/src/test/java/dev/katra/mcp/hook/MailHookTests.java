package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.room.NewMessage;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.wake.WakeService;
import dev.katra.mcp.RunningServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Mail through the client's hooks: given, proved, taken back, and what wakes a session. */
@Timeout(60)
class MailHookTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int TURNS = 2;

    @TempDir
    static Path home;

    static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(home, 0, Map.of("katra.wake.turns-per-hour", String.valueOf(TURNS)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPromptBringsTheMailAndALaterHookProvesIt() throws Exception {
        ClaimedSession session = server.session("Prompted");
        say("Prompted", "the sky is grün");

        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt\":\"hi\",\"prompt_id\":\"p1\"}")))
                .startsWith("Katra mail:\n#")
                .endsWith("\n  the sky is grün");
        assertThat(unread(session)).isEqualTo(1);
        assertThat(post(session, "Stop", "{\"prompt_id\":\"other\"}")).isEqualTo("{}");
        assertThat(unread(session)).as("another prompt proves nothing").isEqualTo(1);
        post(session, "Stop", "{\"prompt_id\":\"p1\",\"tool_response\":{\"prompt_id\":\"x\"}}");
        assertThat(unread(session)).isZero();
        assertThat(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p2\"}")).isEqualTo("{}");
    }

    @Test
    void aSubAgentsEventDoesNotProveWhatCameWithThePrompt() throws Exception {
        ClaimedSession session = server.session("Agents");
        say("Agents", "for the model itself");
        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt\":\"hi\",\"prompt_id\":\"p1\"}")))
                .contains("for the model itself");

        post(session, "PostToolUse", "{\"prompt_id\":\"p1\",\"agent_id\":\"a1\",\"tool_use_id\":\"t1\"}");
        assertThat(unread(session)).isEqualTo(1);
        post(session, "PostToolUse", "{\"prompt_id\":\"p1\",\"tool_use_id\":\"t2\"}");
        assertThat(unread(session)).isZero();
    }

    @Test
    void whatASubAgentHasHeardStaysUnread() throws Exception {
        ClaimedSession session = server.session("Lender");
        Actor actor = server.bean(SessionService.class).actor(session.session());
        RoomService room = server.bean(RoomService.class);
        say("Lender", "for the model itself");
        assertThat(room.hear(actor, "t1", null).messages()).hasSize(1);

        post(session, "PostToolUse", "{\"prompt_id\":\"p1\",\"agent_id\":\"a1\",\"tool_use_id\":\"t1\"}");

        assertThat(unread(session)).isEqualTo(1);
        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p2\"}")))
                .contains("for the model itself", "(redelivered)");
        post(session, "PostToolUse", "{\"prompt_id\":\"p2\",\"tool_use_id\":\"t2\"}");
        assertThat(unread(session)).isZero();
    }

    @Test
    void theLateEndOfTheTurnBeforeDoesNotSpendAnAutomaticTurn() throws Exception {
        ClaimedSession session = server.session("Hasty");
        post(session, "UserPromptSubmit", "{\"prompt\":\"one\",\"prompt_id\":\"p1\"}");
        post(session, "Stop", "{\"prompt_id\":\"p1\"}");
        post(session, "UserPromptSubmit", "{\"prompt\":\"two\",\"prompt_id\":\"p2\"}");
        say("Hasty", "in the middle of the second turn");

        CompletableFuture<HttpResponse<String>> late =
                waits(session, "{\"hook_event_name\":\"Stop\",\"prompt_id\":\"p1\"}");
        until(() -> seated(session));

        assertThat(server.bean(SessionService.class)
                        .find(session.session().id())
                        .orElseThrow()
                        .progress()
                        .state())
                .isEqualTo(SessionState.WORKING);
        assertThat(late.isDone()).isFalse();
        assertThat(server.bean(WakeService.class).budget(session.session().id()).used())
                .isZero();
        post(session, "Stop", "{\"prompt_id\":\"p2\"}");
        assertThat(late.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void whatComesWithAPromptStaysSmallHoweverMuchThereIs() throws Exception {
        ClaimedSession session = server.session("Flooded");
        for (int i = 0; i < 150; i++) {
            say("Flooded", "x\n".repeat(20));
        }
        String text = context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p1\"}"));

        assertThat(text).contains("x").endsWith(" more wait: call katra_hear");
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(6_000, 8_000);
    }

    @Test
    void whatWasNotProvedIsGivenAgainAndMarked() throws Exception {
        ClaimedSession session = server.session("Again");
        say("Again", "hello");

        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p1\"}")))
                .doesNotContain("redelivered");
        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p2\"}")))
                .contains("(redelivered)");
    }

    @Test
    void aFailedCallReceivedNothingButItsPromptWasReceived() throws Exception {
        ClaimedSession session = server.session("Failed");
        Actor actor = server.bean(SessionService.class).actor(session.session());
        RoomService room = server.bean(RoomService.class);
        say("Failed", "hello");
        room.hear(actor, "call", null);

        post(session, "PostToolUseFailure", "{\"tool_use_id\":\"call\"}");
        post(session, "PostToolUse", "{\"tool_use_id\":\"call\"}");
        assertThat(unread(session)).isEqualTo(1);
        room.hear(actor, "next", null);
        post(session, "PostToolUse", "{\"tool_use_id\":\"next\"}");
        assertThat(unread(session)).isZero();
    }

    @Test
    void theStartTextStaysSmallHoweverMuchThereIs() throws Exception {
        ClaimedSession session = server.session("Newcomer");
        Actor actor = server.bean(SessionService.class).actor(session.session());
        for (int i = 0; i < 30; i++) {
            server.session("a-persona-with-a-long-name-that-takes-much-room-in-the-text-" + i);
            server.bean(MemoryService.class)
                    .remember(
                            actor,
                            new NewMemory(
                                    "ü".repeat(300) + i, MemoryKind.NOTE, MemoryScope.TEAM, i == 3 ? 5 : 2, List.of()),
                            null);
        }
        String text = context(post(session, "SessionStart", "{\"source\":\"compact\"}"));

        assertThat(text)
                .startsWith("You are Newcomer (demo, demo-1)")
                .contains(" more.", "0 messages wait", "Remembered");
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1600);
    }

    @Test
    void anIdleSessionIsWokenAndABusyOneIsNotBeforeItsTurnIsOver() throws Exception {
        ClaimedSession session = server.session("Idler");
        state(session, SessionState.WORKING);
        CompletableFuture<HttpResponse<String>> waiter = waits(session, "{}");
        until(() -> seated(session));
        say("Idler", "hello");
        assertThat(waiter.isDone()).isFalse();

        post(session, "Stop", "{}");
        HttpResponse<String> woken = waiter.get(5, TimeUnit.SECONDS);
        assertThat(woken.statusCode()).isEqualTo(200);
        assertThat(woken.body()).isEqualTo(WokenTurns.WAKE_TEXT);
        assertThat(context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p\"}")))
                .contains("hello", "\nKatra started this turn: 1 of 2 per hour");
        assertThat(server.bean(WakeService.class).budget(session.session().id()).used())
                .as("an automatic prompt renews nothing")
                .isEqualTo(1);
    }

    @Test
    void aSpentBudgetIsRenewedByAPersonsPrompt() throws Exception {
        ClaimedSession session = server.session("Spender");
        for (int turn = 1; turn <= TURNS; turn++) {
            state(session, SessionState.IDLE);
            CompletableFuture<HttpResponse<String>> waiter = waits(session, "{}");
            say("Spender", "hello " + turn);
            assertThat(waiter.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            String text = context(post(session, "UserPromptSubmit", "{\"prompt_id\":\"p" + turn + "\"}"));
            assertThat(text.contains("does not wake you again")).isEqualTo(turn == TURNS);
            post(session, "Stop", "{\"prompt_id\":\"p" + turn + "\"}");
        }
        CompletableFuture<HttpResponse<String>> waiter = waits(session, "{}");
        until(() -> seated(session));
        say("Spender", "once more");
        for (String prompt : List.of(
                WokenTurns.WAKE_TEXT,
                "<task-notification><summary>a command has ended</summary></task-notification>")) {
            post(session, "UserPromptSubmit", "{\"prompt\":\"" + prompt + "\"}");
            post(session, "Stop", "{}");
            assertThat(waiter.isDone()).isFalse();
        }

        post(session, "UserPromptSubmit", "{\"prompt\":\"a person writes\"}");
        post(session, "Stop", "{}");
        assertThat(waiter.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aNewerWaiterTakesTheSeatAndTheEndOfTheSessionFreesIt() throws Exception {
        ClaimedSession session = server.session("Sitter");
        CompletableFuture<HttpResponse<String>> older = waits(session, "{}");
        until(() -> seated(session));
        CompletableFuture<HttpResponse<String>> newer = waits(session, "{\"hook_event_name\":\"Stop\"}");

        assertThat(older.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(410);
        until(() -> seated(session));
        server.bean(SessionService.class).end(session.session().id(), "test");
        assertThat(newer.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(410);
        until(() -> !seated(session));
    }

    @Test
    void aWaiterThatLeavesFreesItsSeat() throws Exception {
        ClaimedSession session = server.session("Leaver");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(wire(session, "wait", "{}"));
            until(() -> seated(session));
        }
        until(() -> !seated(session));
    }

    private static byte[] wire(ClaimedSession session, String event, String body) {
        return ("POST /hooks/" + event + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nAuthorization: Bearer "
                        + session.token() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean seated(ClaimedSession session) {
        return server.bean(WakePolls.class).isOpen(session.session().id());
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void state(ClaimedSession session, SessionState state) {
        server.bean(SessionService.class).changeState(session.session().id(), state);
    }

    private static int unread(ClaimedSession session) {
        return server.bean(RoomService.class).unread(session.session().personaId());
    }

    private static void say(String to, String text) {
        Persona person = server.bean(PersonaService.class).ensure("person", true);
        server.bean(RoomService.class).say(Actor.human(person), NewMessage.to(List.of(to), text), null);
    }

    private static String context(String answer) {
        return JsonMapper.builder()
                .build()
                .readTree(answer)
                .path("hookSpecificOutput")
                .path("additionalContext")
                .asString("");
    }

    private static CompletableFuture<HttpResponse<String>> waits(ClaimedSession session, String body) {
        return HTTP.sendAsync(request(session, "wait", body), BodyHandlers.ofString());
    }

    private static String post(ClaimedSession session, String event, String body) throws Exception {
        HttpResponse<String> answer = HTTP.send(request(session, event, body), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static HttpRequest request(ClaimedSession session, String event, String body) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/hooks/" + event))
                .header("Authorization", "Bearer " + session.token())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
