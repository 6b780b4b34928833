package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.mcp.client.ClientProbe;
import dev.katra.mcp.client.HeldTasks;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes Claude Code's hook events: keeps a session's state by them, takes them as proof of what the model has received, and gives
 * it mail. Every event is answered, known or not, and at once, because the session waits for the answer; the start, which is
 * not, has a servlet of its own.
 */
@RestController
public class HookEndpoint {

    private final SessionService sessions;
    private final RoomService room;
    private final PromptHook prompts;
    private final Reports reports;
    private final HeldTasks tasks;
    private final JsonMapper json;

    HookEndpoint(
            SessionService sessions,
            RoomService room,
            PromptHook prompts,
            Reports reports,
            HeldTasks tasks,
            JsonMapper json) {
        this.sessions = sessions;
        this.room = room;
        this.prompts = prompts;
        this.reports = reports;
        this.tasks = tasks;
        this.json = json;
    }

    /** Takes one event. */
    @PostMapping("/hooks/{name}")
    public Map<String, Object> event(@PathVariable String name, HttpServletRequest request) throws IOException {
        long since = tasks.nanos();
        Actor actor = SessionFilter.actor(request);
        long session = Objects.requireNonNull(actor.sessionId());
        HookEvent event = HookEvent.read(request, json);
        // One after the other: whether an answer has been in time is known before a later event can prove it received.
        synchronized (reports.heardOf(session)) {
            return event(name, actor, event, ClientProbe.of(request), since);
        }
    }

    private Map<String, Object> event(String name, Actor actor, HookEvent event, ClientProbe client, long since) {
        long session = Objects.requireNonNull(actor.sessionId());
        switch (name) {
            case "UserPromptSubmit" -> {
                return prompts.answer(actor, event, client, since);
            }
            case "PreToolUse" -> atWork(actor, event);
            case "PostToolUse" -> {
                room.proved(actor, event.ids("tool_use_id"));
                atWork(actor, event);
            }
            case "PostToolUseFailure" -> {
                room.lost(actor, event.ids("tool_use_id"));
                atWork(actor, event);
            }
            case "Stop" -> stopped(actor, event);
            case "StopFailure" -> failed(actor);
            case "PermissionRequest" -> sessions.changed(session, SessionState.WAITING);
            case "Notification" -> notified(session, event);
            default -> {
                // SessionEnd is one of these: the process decides when a session has ended, not its last words.
            }
        }
        return HookAnswer.nothing();
    }

    /**
     * The model goes on, so it has what came with the prompt. A sub-agent's events tell neither that the model of the
     * prompt has got it, nor that its turn goes on: that may be over while a sub-agent works in the background.
     */
    private void atWork(Actor actor, HookEvent event) {
        long session = Objects.requireNonNull(actor.sessionId());
        if (event.word("agent_id").isEmpty()) {
            room.proved(actor, event.ids("prompt_id"));
            sessions.changed(session, SessionState.WORKING);
        } else if (sessions.find(session)
                .filter(known -> known.state() == SessionState.IDLE)
                .isEmpty()) {
            sessions.changed(session, SessionState.WORKING);
        }
    }

    /** The turn is over; told by the hook itself and by the waiter that starts at the same time. */
    void stopped(Actor actor, HookEvent event) {
        long session = Objects.requireNonNull(actor.sessionId());
        synchronized (reports.heardOf(session)) {
            room.proved(actor, event.ids("prompt_id"));
            sessions.changed(session, SessionState.IDLE);
        }
    }

    /** The turn is over by an error of the provider, and nothing shows what of it the model has seen. */
    void failed(Actor actor) {
        sessions.changed(Objects.requireNonNull(actor.sessionId()), SessionState.IDLE);
    }

    private void notified(long session, HookEvent notification) {
        switch (notification.word("notification_type")) {
            case "permission_prompt", "elicitation_dialog" -> sessions.changed(session, SessionState.WAITING);
            case "idle_prompt" -> sessions.changed(session, SessionState.IDLE);
            default -> {
                if (notification.word("message").contains("permission")) {
                    sessions.changed(session, SessionState.WAITING);
                }
            }
        }
    }
}
