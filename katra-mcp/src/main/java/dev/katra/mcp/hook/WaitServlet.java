package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a session's waiter asks: 200 with a text wakes the session, 204 has it ask again, 410 ends it. The body is the event that
 * has started it.
 */
final class WaitServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    /** Old mail is not looked for before the client has come to rest after its start. */
    private static final Duration STARTING = Duration.ofSeconds(3);

    /** A provider that has just failed a turn would fail the next one too. */
    private static final Duration FAILED = Duration.ofSeconds(45);

    private final transient WaiterDesk desk;
    private final transient HookEndpoint hooks;
    private final transient JsonMapper json;

    WaitServlet(WaiterDesk desk, HookEndpoint hooks, JsonMapper json) {
        this.desk = desk;
        this.hooks = hooks;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Actor actor = SessionFilter.actor(request);
        HookEvent event = HookEvent.read(request, json);
        Duration first = Duration.ZERO;
        switch (event.word("hook_event_name")) {
            case "SessionStart" -> first = STARTING;
            case "Stop" -> hooks.stopped(actor, event);
            case "StopFailure" -> {
                hooks.failed(actor);
                first = FAILED;
            }
            default -> {}
        }
        desk.seat(request, response, actor, first);
    }
}
