package dev.katra.mcp.hook;

import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.session.SessionWatch;
import dev.katra.mcp.server.RequestBody;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes Claude Code's hook events and keeps a session's state by them. Every event is answered with an empty object, known or
 * not, and at once but for the start, because the session waits for the answer.
 */
@RestController
public class HookEndpoint {

    /** Less than the limit that the launcher gives the hook. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** What the client needs to take in the list of tools: measured, less than 60 ms on a busy machine. */
    private static final Duration SETTLING = Duration.ofMillis(300);

    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final SessionService sessions;
    private final SessionWatch watch;
    private final JsonMapper json;
    private final Clock clock;

    public HookEndpoint(SessionService sessions, SessionWatch watch, JsonMapper json, Clock clock) {
        this.clock = clock;
        this.sessions = sessions;
        this.watch = watch;
        this.json = json;
    }

    /** Takes one event. */
    @PostMapping("/hooks/{event}")
    public Map<String, Object> event(@PathVariable String event, HttpServletRequest request) throws IOException {
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        RequestBody body = RequestBody.read(request, LARGEST_BODY);
        switch (event) {
            case "SessionStart" -> awaitConnection(session);
            case "UserPromptSubmit", "PreToolUse", "PostToolUse", "PostToolUseFailure" ->
                sessions.changed(session, SessionState.WORKING);
            case "Stop" -> sessions.changed(session, SessionState.IDLE);
            case "PermissionRequest" -> sessions.changed(session, SessionState.WAITING);
            case "Notification" -> notified(session, body.json(json));
            default -> {
                // SessionEnd is one of these: the process decides when a session has ended, not its last words.
            }
        }
        return Map.of();
    }

    /**
     * Holds the first prompt until the client has the tools: the client waits for this hook and not for its MCP servers,
     * and a prompt given at the start would be answered by a model without them.
     */
    private void awaitConnection(long session) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                CompletableFuture<Void> change = watch.next(session);
                Optional<Instant> connected = sessions.find(session).map(Session::connectedAt);
                if (connected.isPresent()) {
                    long since =
                            Duration.between(connected.get(), clock.instant()).toMillis();
                    TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis() - since);
                    return;
                }
                change.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            // the prompt must not wait any longer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void notified(long session, JsonNode notification) {
        switch (notification.path("notification_type").asString("")) {
            case "permission_prompt", "elicitation_dialog" -> sessions.changed(session, SessionState.WAITING);
            case "idle_prompt" -> sessions.changed(session, SessionState.IDLE);
            default -> {
                if (notification.path("message").asString("").contains("permission")) {
                    sessions.changed(session, SessionState.WAITING);
                }
            }
        }
    }
}
