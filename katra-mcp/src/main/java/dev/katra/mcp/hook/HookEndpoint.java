package dev.katra.mcp.hook;

import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.mcp.server.RequestBody;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes Claude Code's hook events and keeps a session's state by them. Every event is answered at once with an empty
 * object, known or not, because the session waits for the answer.
 */
@RestController
public class HookEndpoint {

    private static final int LARGEST_BODY = 32 * 1024 * 1024;

    private final SessionService sessions;
    private final JsonMapper json;

    public HookEndpoint(SessionService sessions, JsonMapper json) {
        this.sessions = sessions;
        this.json = json;
    }

    /** Takes one event. */
    @PostMapping("/hooks/{event}")
    public Map<String, Object> event(@PathVariable String event, HttpServletRequest request) throws IOException {
        long session = Objects.requireNonNull(SessionFilter.actor(request).sessionId());
        RequestBody body = RequestBody.read(request, LARGEST_BODY);
        switch (event) {
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
