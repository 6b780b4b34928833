package dev.katra.mcp.usage;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.persona.Actor;
import dev.katra.core.usage.ReportedRequest;
import dev.katra.core.usage.UsageReports;
import dev.katra.web.BodyBudget;
import dev.katra.web.SessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives the log events of sessions' clients in OpenTelemetry's JSON form, and takes the requests that they report. It
 * answers once these are stored, so that a client which has its answer need not send them again; an event of any other
 * kind is passed over.
 */
@RestController
class TelemetryEndpoint {

    /** The maximum size of a body, in bytes. A client sends at most 512 events of 1 to 2 KB at a time. */
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    private final UsageReports reports;
    private final BodyBudget bodies;
    private final JsonMapper json;

    TelemetryEndpoint(UsageReports reports, BodyBudget bodies, JsonMapper json) {
        this.reports = reports;
        this.bodies = bodies;
        this.json = json;
    }

    /** Takes the events of one body. One that is not in the form is answered like one without events. */
    @PostMapping(SessionContract.LOGS_PATH)
    public Map<String, Object> logs(HttpServletRequest request) throws IOException {
        Actor actor = SessionFilter.actor(request);
        List<ReportedRequest> requests;
        try (InputStream body = bodies.stream(request, MAX_BODY_BYTES);
                JsonParser parser = json.createParser(body)) {
            requests = LogEvents.requests(parser);
        } catch (JacksonException e) {
            return Map.of();
        }
        reports.report(Objects.requireNonNull(actor.sessionId()), requests);
        return Map.of();
    }
}
