package dev.katra.mcp.hook;

import dev.katra.core.persona.Actor;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Receives the start event, whose answer may take a while, and holds no thread meanwhile. */
final class StartServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient StartHook starts;
    private final transient ClientReports reports;
    private final transient BodyBudget bodies;
    private final transient JsonMapper json;

    StartServlet(StartHook starts, ClientReports reports, BodyBudget bodies, JsonMapper json) {
        this.starts = starts;
        this.reports = reports;
        this.bodies = bodies;
        this.json = json;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Actor actor = SessionFilter.actor(request);
        HookEvent event = HookEvent.read(request, bodies, json);
        reports.record(Objects.requireNonNull(actor.sessionId()));
        starts.take(request, response, actor, event);
    }
}
