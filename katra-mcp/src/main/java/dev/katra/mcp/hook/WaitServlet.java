package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a session's waiter asks: 200 with a text wakes the session, 204 has it ask again, 410 ends it. The body is the event that
 * has started it.
 */
final class WaitServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

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
        String name = event.word("hook_event_name");
        if (name.equals("Stop")) {
            hooks.stopped(actor, event);
        }
        desk.seat(request, response, actor, name.equals("SessionStart"));
    }
}
