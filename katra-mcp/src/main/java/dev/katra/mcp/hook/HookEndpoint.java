package dev.katra.mcp.hook;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.RoomService;
import dev.katra.core.session.PermissionModes;
import dev.katra.core.session.SessionNotices;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.SessionState;
import dev.katra.core.usage.UsageReports;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import dev.katra.web.client.ClientProbe;
import dev.katra.web.client.RequestScheduler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives Claude Code's hook events: it keeps the session's state by them, takes them as proof of what the model has
 * received, and gives the model mail. It answers every event, known or not, at once, because the session waits for the
 * answer. Only the start event, whose answer may take a while, has a servlet of its own.
 */
@RestController
public class HookEndpoint {

    private final SessionService sessions;
    private final RoomService room;
    private final PromptHook prompts;
    private final TurnCapture capture;
    private final UsageReports usage;
    private final ClientReports reports;
    private final SessionNotices notices;
    private final RequestScheduler tasks;
    private final PermissionModes modes;
    private final BodyBudget bodies;
    private final JsonMapper json;

    HookEndpoint(
            SessionService sessions,
            RoomService room,
            PromptHook prompts,
            TurnCapture capture,
            UsageReports usage,
            ClientReports reports,
            SessionNotices notices,
            RequestScheduler tasks,
            PermissionModes modes,
            BodyBudget bodies,
            JsonMapper json) {
        this.sessions = sessions;
        this.room = room;
        this.prompts = prompts;
        this.capture = capture;
        this.usage = usage;
        this.reports = reports;
        this.notices = notices;
        this.tasks = tasks;
        this.modes = modes;
        this.bodies = bodies;
        this.json = json;
    }

    /** Handles one event. */
    @PostMapping(SessionContract.HOOKS_PATH + "{name}")
    public Map<String, Object> event(@PathVariable String name, HttpServletRequest request) throws IOException {
        long since = tasks.nanos();
        Actor actor = SessionFilter.actor(request);
        long session = Objects.requireNonNull(actor.sessionId());
        HookEvent event = HookEvent.read(request, bodies, json);
        if (event.text("agent_id").isEmpty()) {
            modes.noteMode(session, event.text("permission_mode"));
        }
        usage.noteTranscript(session, event.text("transcript_path"));
        ClientReports.SessionReport report = reports.record(session);
        // One event at a time: whether an answer was in time must be known before a later event can prove it received.
        synchronized (report) {
            return event(name, actor, event, report, ClientProbe.of(request), since);
        }
    }

    private Map<String, Object> event(
            String name,
            Actor actor,
            HookEvent event,
            ClientReports.SessionReport report,
            ClientProbe client,
            long since) {
        long session = Objects.requireNonNull(actor.sessionId());
        switch (name) {
            case "UserPromptSubmit" -> {
                report.notePrompt(event.promptId());
                sessions.recordConversation(session, event.text("session_id"));
                return prompts.answer(actor, event, client, since);
            }
            case "PreToolUse" -> modelGoesOn(actor, event, report);
            case "PostToolUse" -> {
                toolReported(actor, event);
                modelGoesOn(actor, event, report);
            }
            case "PostToolUseFailure" -> {
                room.withdraw(actor, event.ids("tool_use_id"));
                modelGoesOn(actor, event, report);
            }
            case "Stop" -> {
                turnEnded(actor, event);
                return HookAnswer.notice(notices.take(session));
            }
            case "StopFailure" -> turnFailed(actor, event);
            case "PermissionRequest" -> {
                if (event.isOfSubAgent() || !report.isPast(event.promptId())) {
                    report.noteAsking(event.text("agent_id"));
                    sessions.recordDialog(session, WaitReasons.requestedBy(event), true);
                }
            }
            case "PreCompact" -> capture.compacting(actor, event);
            case "PostCompact" -> capture.compacted(actor, event);
            case "Notification" -> notified(session, event, report);
            case "SessionEnd" -> usage.readSoon(session); // the process decides when a session has ended
            default -> {
                // Nothing is known of it.
            }
        }
        return HookAnswer.nothing();
    }

    /**
     * Marks the mail that a call gave as received, or as lost if the call is a sub-agent's: that mail has not reached
     * the model of the session and is as unread as before.
     */
    private void toolReported(Actor actor, HookEvent event) {
        if (event.isOfSubAgent()) {
            room.withdraw(actor, event.ids("tool_use_id"));
        } else {
            room.confirmReceived(actor, event.ids("tool_use_id"));
        }
    }

    /**
     * Notes that the model goes on and therefore has what came with the prompt. A sub-agent's events show neither that
     * the model of the prompt has received it, nor that its turn goes on: the turn may be over, or wait for a person,
     * while a sub-agent works in the background. A sub-agent that has asked a person itself has its answer now.
     */
    private void modelGoesOn(Actor actor, HookEvent event, ClientReports.SessionReport report) {
        boolean goesOn;
        if (event.isOfSubAgent()) {
            goesOn = report.takeAsked(event.text("agent_id"));
        } else {
            room.confirmReceived(actor, event.ids("prompt_id"));
            goesOn = !report.isPast(event.promptId());
        }
        if (goesOn) {
            sessions.changeState(Objects.requireNonNull(actor.sessionId()), SessionState.WORKING);
        }
    }

    /**
     * Notes that the turn is over. Both the hook itself and the waiter that starts at the same time report it, and the
     * waiter may be late.
     */
    void turnEnded(Actor actor, HookEvent event) {
        long session = Objects.requireNonNull(actor.sessionId());
        ClientReports.SessionReport report = reports.record(session);
        synchronized (report) {
            room.confirmReceived(actor, event.ids("prompt_id"));
            if (!report.isPast(event.promptId())) {
                sessions.recordTurnEnd(session);
            }
        }
        capture.ended(actor, event);
        usage.readSoon(session);
    }

    /** Notes that the turn was ended by an error of the provider. Nothing shows what the model has seen by then. */
    void turnFailed(Actor actor, HookEvent event) {
        long session = Objects.requireNonNull(actor.sessionId());
        ClientReports.SessionReport report = reports.record(session);
        synchronized (report) {
            if (!report.isPast(event.promptId())) {
                sessions.recordTurnFailure(session, ProviderErrors.redactedText(event));
            }
        }
    }

    private void notified(long session, HookEvent notification, ClientReports.SessionReport report) {
        if (report.isPast(notification.promptId())) {
            return;
        }
        String message = notification.text("message");
        switch (notification.text("notification_type")) {
            case "idle_prompt" -> sessions.changeState(session, SessionState.IDLE);
            case "permission_prompt" -> sessions.recordDialog(session, WaitReasons.PERMISSION, false);
            case "agent_needs_input", "elicitation_dialog", "elicitation_url_dialog" ->
                sessions.recordDialog(session, message.isEmpty() ? WaitReasons.ANSWER : message, true);
            default -> {
                if (message.contains("permission")) {
                    sessions.recordDialog(session, WaitReasons.PERMISSION, false);
                }
            }
        }
    }
}
