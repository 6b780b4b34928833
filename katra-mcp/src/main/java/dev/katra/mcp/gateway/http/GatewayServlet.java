package dev.katra.mcp.gateway.http;

import dev.katra.core.persona.Actor;
import dev.katra.mcp.client.ClientProbe;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.request.RequestReader;
import dev.katra.mcp.gateway.request.TokenEstimate;
import dev.katra.mcp.server.SessionFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The Messages API of every provider, at {@code /gateway/<provider>}. Who may call it is decided before a request gets
 * here. A servlet of its own, because its answers outlive the thread that asked.
 */
final class GatewayServlet extends HttpServlet {

    /** Where the gateway begins. */
    static final String PATH = "/gateway/";

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServlet.class);
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT = "/v1/messages/count_tokens";

    private final transient Gateway gateway;

    GatewayServlet(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = "req_" + UUID.randomUUID().toString().replace("-", "");
        try {
            serve(request, response, requestId);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the request {} failed", requestId, e);
            if (!request.isAsyncStarted()) {
                refuse(
                        response,
                        e instanceof OutOfMemoryError ? Outage.outOfMemory() : Outage.defect(requestId),
                        requestId);
            }
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        String rest = Objects.requireNonNullElse(request.getPathInfo(), "/").substring(1);
        int slash = rest.indexOf('/');
        String provider = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        String method = request.getMethod();
        boolean looks = method.equals("HEAD") || method.equals("GET");
        if (looks && (path.isEmpty() || path.equals("/") || path.equals("/api/hello"))) {
            return;
        }
        if (method.equals("POST") && path.equals("/api/event_logging/batch")) {
            return;
        }
        Optional<SessionUpstream> found = upstream(request);
        Optional<GatewayError> wrong = wrongSession(found, provider);
        if (found.isEmpty() || wrong.isPresent()) {
            refuse(response, wrong.orElseThrow(), requestId);
            return;
        }
        SessionUpstream session = found.get();
        boolean posts = method.equals("POST");
        if (session.passesThrough()) {
            passThrough(request, response, requestId, session, path);
        } else if (posts && path.equals(MESSAGES)) {
            messages(request, response, requestId, session);
        } else if (posts && path.equals(COUNT)) {
            count(request, response, requestId, session);
        } else if (looks && path.equals("/v1/models")) {
            answer(response, requestId, Models.json(session));
        } else {
            refuse(
                    response,
                    GatewayError.lasting(
                            404,
                            "not_found_error",
                            "the gateway to %s has nothing at %s %s".formatted(provider, method, path)),
                    requestId);
        }
    }

    private Optional<SessionUpstream> upstream(HttpServletRequest request) {
        Actor actor = SessionFilter.actor(request);
        Long sessionId = actor.sessionId();
        return sessionId == null ? Optional.empty() : gateway.upstreams().of(sessionId);
    }

    private static Optional<GatewayError> wrongSession(Optional<SessionUpstream> session, String provider) {
        if (session.isEmpty()) {
            return Optional.of(GatewayError.lasting(
                    404,
                    "not_found_error",
                    "this session does not go through the gateway; start it again with --route gateway"));
        }
        String own = session.get().provider().id();
        return own.equals(provider)
                ? Optional.empty()
                : Optional.of(GatewayError.lasting(
                        404,
                        "not_found_error",
                        "this session was started on %s, not on %s; its base URL ends with /gateway/%s"
                                .formatted(own, provider, own)));
    }

    private void messages(
            HttpServletRequest request, HttpServletResponse response, String requestId, SessionUpstream session)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session);
        JsonNode json = body == null ? null : json(body, response, requestId, session);
        if (body == null || json == null) {
            return;
        }
        MessagesRequest asked = RequestReader.read(json);
        String conversation = request.getHeader("x-claude-code-session-id");
        MessagesRequest known = conversation == null ? asked : asked.in(conversation);
        Credential credential = Credential.of(request);
        Trace trace = gateway.trace(session, credential);
        trace.clientRequest(body);
        var counting = new Counting(
                gateway.usage(), session, session.target(asked.model()).model());
        ClientLink link = link(request, response, requestId);
        new Translation(gateway, session, known, new Estimate(json), credential, link, counting, trace).start();
    }

    private void passThrough(
            HttpServletRequest request,
            HttpServletResponse response,
            String requestId,
            SessionUpstream session,
            String path)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session);
        if (body == null) {
            return;
        }
        Trace trace = gateway.trace(session, Credential.of(request));
        trace.clientRequest(body);
        boolean counted = path.equals(MESSAGES);
        var counting = counted
                ? new Counting(gateway.usage(), session, Models.asked(body))
                : Counting.nothing(gateway.usage(), session);
        new PassThrough(gateway, session, link(request, response, requestId), counting, trace)
                .start(request, path, body);
    }

    private void count(
            HttpServletRequest request, HttpServletResponse response, String requestId, SessionUpstream session)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session);
        JsonNode json = body == null ? null : json(body, response, requestId, session);
        if (json != null) {
            answer(
                    response,
                    requestId,
                    JsonMapper.shared().createObjectNode().put("input_tokens", TokenEstimate.of(json)));
        }
    }

    private ClientLink link(HttpServletRequest request, HttpServletResponse response, String requestId) {
        ClientProbe probe = ClientProbe.of(request);
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        return new ClientLink(context, response, probe, gateway.links(), requestId);
    }

    /** The request's body; null if it was refused. */
    private byte @Nullable [] body(
            HttpServletRequest request, HttpServletResponse response, String requestId, SessionUpstream session)
            throws IOException {
        int largest = Math.toIntExact(gateway.settings().largestRequest().toBytes());
        long announced = request.getContentLengthLong();
        byte[] body = announced > largest
                ? new byte[0]
                : request.getInputStream().readNBytes(announced < 0 ? largest + 1 : (int) announced);
        if (announced > largest || body.length > largest) {
            String limit = gateway.settings().largestRequest().toMegabytes() + " MB";
            refuse(
                    response,
                    GatewayError.lasting(
                            413,
                            "request_too_large",
                            "the request to %s is larger than %s, the gateway's limit; compact the conversation, or raise"
                                            .formatted(session.provider().id(), limit)
                                    + " katra.gateway.largest-request"),
                    requestId);
            return null;
        }
        return body;
    }

    private @Nullable JsonNode json(
            byte[] body, HttpServletResponse response, String requestId, SessionUpstream session) throws IOException {
        JsonNode json = null;
        try {
            json = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            LOG.debug("no JSON in {}", requestId);
        }
        if (json == null || !json.isObject()) {
            refuse(
                    response,
                    GatewayError.lasting(
                            400,
                            "invalid_request_error",
                            "the request to %s at %s is no JSON object; a client that speaks the Messages API sends one"
                                    .formatted(
                                            session.provider().id(),
                                            session.provider().url())),
                    requestId);
            return null;
        }
        return json;
    }

    private static void refuse(HttpServletResponse response, GatewayError error, String requestId) throws IOException {
        response.setStatus(error.status());
        error.headers().forEach(response::setHeader);
        answer(response, requestId, error.envelope(requestId));
    }

    private static void answer(HttpServletResponse response, String requestId, ObjectNode json) throws IOException {
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        response.setHeader("request-id", requestId);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
