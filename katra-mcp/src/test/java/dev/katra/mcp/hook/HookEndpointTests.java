package dev.katra.mcp.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.session.ClaimedSession;
import dev.katra.core.session.PermissionModes;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.mcp.RunningServer;
import dev.katra.mcp.TestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookEndpointTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

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
    void theStateFollowsTheTurn() throws Exception {
        ClaimedSession session = server.session("Turn");

        assertThat(after(session, "UserPromptSubmit", "{}")).isEqualTo(SessionState.WORKING);
        assertThat(after(session, "PermissionRequest", "{}")).isEqualTo(SessionState.WAITING);
        assertThat(after(session, "PostToolUse", "{}")).isEqualTo(SessionState.WORKING);
        assertThat(after(session, "Notification", "{\"notification_type\":\"permission_prompt\"}"))
                .isEqualTo(SessionState.WAITING);
        assertThat(after(session, "Stop", "{}")).isEqualTo(SessionState.IDLE);
        assertThat(after(session, "Notification", "{\"message\":\"Claude needs your permission to use Bash\"}"))
                .isEqualTo(SessionState.WAITING);
        assertThat(after(session, "Notification", "{\"notification_type\":\"idle_prompt\"}"))
                .isEqualTo(SessionState.IDLE);
    }

    @Test
    void aTranscriptThatIsNoneIsPassedOver() throws Exception {
        ClaimedSession session = server.session("Odd");
        for (String path : List.of("\\u0000.jsonl", "relative.jsonl", "/etc/passwd", "")) {
            assertThat(after(session, "UserPromptSubmit", "{\"transcript_path\":\"" + path + "\"}"))
                    .isEqualTo(SessionState.WORKING);
        }
    }

    @Test
    void aTurnThatTheProviderFailsIsOver() throws Exception {
        ClaimedSession session = server.session("Failed");
        assertThat(after(session, "UserPromptSubmit", "{}")).isEqualTo(SessionState.WORKING);
        assertThat(after(session, "StopFailure", "{\"error\":\"unknown\"}")).isEqualTo(SessionState.IDLE);
        assertThat(found(session).progress().lastError()).isEqualTo("unknown");
    }

    @Test
    void whatTheProviderRefusedIsKnownUntilATurnEndsWellAndHoldsNoKey() throws Exception {
        ClaimedSession session = server.session("Refused");
        after(
                session,
                "StopFailure",
                "{\"error\":\"invalid_request\",\"last_assistant_message\":\"API Error: 401 Incorrect API key provided:"
                        + " sk-proj-abc123def456. System message must be at the beginning.\"}");

        assertThat(found(session).progress().lastError())
                .isEqualTo(
                        "API Error: 401 Incorrect API key provided: ***" + " System message must be at the beginning.");
        assertThat(after(session, "UserPromptSubmit", "{}")).isEqualTo(SessionState.WORKING);
        assertThat(found(session).progress().lastError()).isNotNull();
        assertThat(after(session, "Stop", "{}")).isEqualTo(SessionState.IDLE);
        assertThat(found(session).progress().lastError()).isNull();
    }

    @Test
    void aSessionThatWaitsSaysForWhat() throws Exception {
        ClaimedSession session = server.session("Asker");
        assertThat(dialog(session, "PermissionRequest", "{\"tool_name\":\"Bash\"}"))
                .isEqualTo("permission for Bash");
        assertThat(dialog(session, "Notification", "{\"notification_type\":\"permission_prompt\",\"message\":\"x\"}"))
                .isEqualTo("permission for Bash");
        assertThat(dialog(session, "PostToolUse", "{}")).isNull();
        assertThat(dialog(session, "PermissionRequest", "{\"tool_name\":\"AskUserQuestion\"}"))
                .isEqualTo("an answer to its question");
        assertThat(dialog(session, "Stop", "{}")).isNull();
        assertThat(dialog(session, "PermissionRequest", "{\"tool_name\":\"ExitPlanMode\"}"))
                .isEqualTo("approval of its plan");
        assertThat(dialog(session, "UserPromptSubmit", "{}")).isNull();
        assertThat(dialog(session, "Notification", "{\"notification_type\":\"permission_prompt\"}"))
                .isEqualTo("a permission");
        assertThat(dialog(
                        session,
                        "Notification",
                        "{\"notification_type\":\"agent_needs_input\",\"message\":\"A notice to acknowledge\"}"))
                .isEqualTo("A notice to acknowledge");
    }

    @Test
    void thePermissionModeIsTheMainSessions() throws Exception {
        ClaimedSession session = server.session("Mode");
        after(session, "UserPromptSubmit", "{\"prompt_id\":\"p1\",\"permission_mode\":\"auto\"}");
        after(session, "PreToolUse", "{\"permission_mode\":\"plan\",\"agent_id\":\"a1\"}");

        assertThat(server.bean(PermissionModes.class).of(session.session().id()))
                .contains("auto");
    }

    @Test
    void anEventOfAnOlderPromptChangesNothing() throws Exception {
        ClaimedSession session = server.session("Queued");
        after(session, "UserPromptSubmit", "{\"prompt_id\":\"p1\"}");
        assertThat(after(session, "UserPromptSubmit", "{\"prompt_id\":\"p2\"}")).isEqualTo(SessionState.WORKING);

        for (String event : List.of("Stop", "StopFailure", "PermissionRequest", "PostToolUse")) {
            assertThat(after(session, event, "{\"prompt_id\":\"p1\"}"))
                    .as(event)
                    .isEqualTo(SessionState.WORKING);
        }
        assertThat(after(session, "Notification", "{\"prompt_id\":\"p1\",\"notification_type\":\"idle_prompt\"}"))
                .isEqualTo(SessionState.WORKING);
        assertThat(after(session, "Stop", "{\"prompt_id\":\"p2\"}")).isEqualTo(SessionState.IDLE);
        assertThat(after(session, "PostToolUse", "{\"prompt_id\":\"p1\"}")).isEqualTo(SessionState.IDLE);
        assertThat(after(session, "PostToolUse", "{\"prompt_id\":\"p3\"}"))
                .as("the server was away when that prompt began")
                .isEqualTo(SessionState.WORKING);
        assertThat(after(session, "Stop", "{\"prompt_id\":\"p2\"}")).isEqualTo(SessionState.WORKING);
    }

    @Test
    void aSubAgentTakesNoDialogOffTheScreenButItsOwn() throws Exception {
        ClaimedSession session = server.session("Both");
        after(session, "UserPromptSubmit", "{\"prompt_id\":\"p1\"}");
        after(session, "PermissionRequest", "{\"prompt_id\":\"p1\",\"tool_name\":\"Bash\"}");

        assertThat(after(session, "PostToolUse", "{\"prompt_id\":\"p1\",\"agent_id\":\"a1\"}"))
                .isEqualTo(SessionState.WAITING);
    }

    @Test
    void aSubAgentInTheBackgroundDoesNotMakeAnIdleSessionWork() throws Exception {
        ClaimedSession session = server.session("Parent");
        String agents = "{\"agent_id\":\"a1\",\"tool_use_id\":\"t1\"}";
        assertThat(after(session, "Stop", "{}")).isEqualTo(SessionState.IDLE);
        assertThat(after(session, "PostToolUse", agents)).isEqualTo(SessionState.IDLE);
        assertThat(after(session, "PermissionRequest", agents)).isEqualTo(SessionState.WAITING);
        assertThat(after(session, "PostToolUse", agents)).isEqualTo(SessionState.WORKING);
    }

    @Test
    void theStartIsAnsweredOnceTheClientHasTheTools() throws Exception {
        ClaimedSession session = server.session("Start");
        CompletableFuture<SessionState> answered = new CompletableFuture<>();
        Thread start = new Thread(() -> {
            try {
                answered.complete(after(session, "SessionStart", "{}"));
            } catch (Exception e) {
                answered.completeExceptionally(e);
            }
        });
        start.start();
        assertThatThrownBy(() -> answered.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        try (TestClient client = TestClient.connect(server, session.token())) {
            client.mcp().listTools();
            assertThat(answered.get(10, TimeUnit.SECONDS)).isEqualTo(SessionState.IDLE);
        }
    }

    @Test
    void anUnknownEventAndTheSessionsLastWordsChangeNothing() throws Exception {
        ClaimedSession session = server.session("Unknown");

        assertThat(after(session, "SomethingNew", "not json")).isEqualTo(SessionState.STARTING);
        assertThat(after(session, "SessionEnd", "{\"reason\":\"other\"}")).isEqualTo(SessionState.STARTING);
    }

    @Test
    void aStrangerIsRefused() throws Exception {
        assertThat(post("wrong", "Stop", "{}").statusCode()).isEqualTo(401);
    }

    private static @Nullable String dialog(ClaimedSession session, String event, String body) throws Exception {
        after(session, event, body);
        return found(session).progress().dialog();
    }

    private static Session found(ClaimedSession session) {
        return server.bean(SessionService.class).find(session.session().id()).orElseThrow();
    }

    private static SessionState after(ClaimedSession session, String event, String body) throws Exception {
        HttpResponse<String> answer = post(session.token(), event, body);
        assertThat(answer.statusCode()).isEqualTo(200);
        if (event.equals("SessionStart")) {
            assertThat(answer.body()).contains("You are Start");
        } else {
            assertThat(answer.body()).isEqualTo("{}");
        }
        return found(session).progress().state();
    }

    private static HttpResponse<String> post(String token, String event, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/hooks/" + event))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
