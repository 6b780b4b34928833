package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Takes the one event whose answer may take a while, without a thread. */
final class StartServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient StartHook starts;
    private final transient Reports reports;
    private final transient JsonMapper json;

    StartServlet(StartHook starts, Reports reports, JsonMapper json) {
        this.starts = starts;
        this.reports = reports;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Actor actor = SessionFilter.actor(request);
        HookEvent event = HookEvent.read(request, json);
        reports.heardOf(Objects.requireNonNull(actor.sessionId()));
        starts.take(request, response, actor, event);
    }
}
