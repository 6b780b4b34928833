package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the requests of sessions' waiters: 200 with a text wakes the session, 204 has the waiter ask again, 410 ends
 * it. The body is the event that has started the waiter.
 */
final class WakePollServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** The delay after a session's start before old mail is looked for, so that the client has come to rest. */
    private static final Duration START_DELAY = Duration.ofSeconds(3);

    /**
     * The delay after a failed turn before mail may wake the session, because the provider would fail the next turn
     * too.
     */
    private static final Duration FAILURE_DELAY = Duration.ofSeconds(45);

    private final transient WakePolls polls;
    private final transient HookEndpoint hooks;
    private final transient BodyBudget bodies;
    private final transient JsonMapper json;

    WakePollServlet(WakePolls polls, HookEndpoint hooks, BodyBudget bodies, JsonMapper json) {
        this.polls = polls;
        this.hooks = hooks;
        this.bodies = bodies;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Actor actor = SessionFilter.actor(request);
        HookEvent event = HookEvent.read(request, bodies, json);
        Duration first = Duration.ZERO;
        switch (event.text("hook_event_name")) {
            case "SessionStart" -> first = START_DELAY;
            case "Stop" -> hooks.turnEnded(actor, event);
            case "StopFailure" -> {
                hooks.turnFailed(actor, event);
                first = FAILURE_DELAY;
            }
            default -> {}
        }
        polls.hold(request, response, actor, first);
    }
}
