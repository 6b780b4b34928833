package dev.katra.gateway.http;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.persona.Actor;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.request.TokenEstimate;
import dev.katra.web.BodyBudget;
import dev.katra.web.RefusedBody;
import dev.katra.web.SessionFilter;
import dev.katra.web.client.ClientProbe;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the Messages API of every provider, at {@code /gateway/<provider>}. Filters decide before a request gets here
 * who may call it. It is a servlet, because its answers outlive the thread that received the request.
 */
final class GatewayServlet extends HttpServlet {

    /** The path of the gateway. */
    static final String PATH = SessionContract.GATEWAY_PATH;

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServlet.class);
    private static final String MESSAGES = "/v1/messages";
    private static final String COUNT = "/v1/messages/count_tokens";

    private final transient GatewayContext gateway;
    private final transient BodyBudget bodies;

    GatewayServlet(GatewayContext gateway, BodyBudget bodies) {
        this.gateway = gateway;
        this.bodies = bodies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = "req_" + UUID.randomUUID().toString().replace("-", "");
        try {
            serve(request, response, requestId);
        } catch (RuntimeException | OutOfMemoryError e) { // no thread can be started, for one
            LOG.error("the request {} failed", requestId, e);
            if (!request.isAsyncStarted()) {
                refuse(
                        response,
                        e instanceof OutOfMemoryError
                                ? EndpointErrors.outOfMemory()
                                : EndpointErrors.internalError(requestId),
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
            answer(response, requestId, ModelList.json(session));
        } else {
            refuse(
                    response,
                    GatewayError.permanent(
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
            return Optional.of(GatewayError.permanent(
                    404,
                    "not_found_error",
                    "this session does not go through the gateway; start it again with --route gateway"));
        }
        String own = session.get().provider().id();
        return own.equals(provider)
                ? Optional.empty()
                : Optional.of(GatewayError.permanent(
                        404,
                        "not_found_error",
                        "this session was started on %s, not on %s; its base URL ends with /gateway/%s"
                                .formatted(own, provider, own)));
    }

    private void messages(
            HttpServletRequest request, HttpServletResponse response, String requestId, SessionUpstream session)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session, bodies::json);
        JsonNode json = body == null ? null : json(request, body, response, requestId, session);
        if (body == null || json == null) {
            return;
        }
        MessagesRequest asked = RequestReader.read(json);
        ClientHeaders headers = ClientHeaders.of(request);
        String conversation = headers.find("x-claude-code-session-id");
        MessagesRequest known = conversation == null ? asked : asked.inSession(conversation);
        RequestKey credential = RequestKey.of(headers);
        String model = session.target(asked.model()).model();
        @Nullable
        CallJudgement judging =
                CallJudgement.of(gateway, session, headers, json, model).orElse(null);
        BodyBudget.BodyReservation held = bodies.reservation(request);
        answer(
                request,
                response,
                requestId,
                link -> startTurn(request, session, MESSAGES, headers, body, link, handover -> {
                    Trace trace = gateway.trace(session, credential);
                    trace.clientRequest(body);
                    return new TranslatedExchange(
                            gateway,
                            session,
                            known,
                            new LazyTokenEstimate(json),
                            credential,
                            link,
                            new UsageMeter(
                                    gateway.usage(), session, model, gateway.purpose(session, headers), requestId),
                            trace,
                            judging,
                            handover);
                }));
        if (session.fallbacks().isEmpty()) {
            held.release(body.length); // the text of which the tree is made; the tree stays
        }
    }

    /** Sends a request to its session's endpoint, or to its fallbacks if that does not answer. */
    private void startTurn(
            HttpServletRequest request,
            SessionUpstream session,
            String path,
            ClientHeaders headers,
            byte[] body,
            ClientLink link,
            Function<Handover, Exchange> exchange) {
        if (session.fallbacks().isEmpty()) {
            exchange.apply(Handover.NONE).start();
            return;
        }
        var turn = new ClientTurn(
                path,
                ClientRequest.pathAndQuery(request.getQueryString(), path),
                headers,
                body,
                bodies.reservation(request),
                link);
        new FallbackTurn(gateway, session, turn, exchange).start();
    }

    private void passThrough(
            HttpServletRequest request,
            HttpServletResponse response,
            String requestId,
            SessionUpstream session,
            String path)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session, bodies::readAll);
        if (body == null) {
            return;
        }
        boolean counted = path.equals(MESSAGES);
        BodyBudget.BodyReservation held = bodies.reservation(request);
        @Nullable CallJudgement judging;
        ClientRequest sent;
        try {
            judging = counted ? judging(request, session, body) : null;
            sent = new ClientRequest(request, path, body, held);
        } catch (RefusedBody e) {
            refuse(response, refused(e, session), requestId);
            return;
        }
        String model = ModelList.requestedModel(body);
        ClientHeaders headers = ClientHeaders.of(request);
        Function<ClientLink, Function<Handover, Exchange>> exchange = link -> handover -> {
            Trace trace = gateway.trace(session, RequestKey.of(headers));
            trace.clientRequest(body);
            var counting = counted
                    ? new UsageMeter(gateway.usage(), session, model, gateway.purpose(session, headers), requestId)
                    : UsageMeter.unmetered(gateway.usage(), session);
            return new PassThroughExchange(
                    gateway, session, model, link, counting, trace, sent, held, judging, null, handover);
        };
        boolean mayGoElsewhere = counted && !session.fallbacks().isEmpty() && ModelList.isObject(body);
        answer(request, response, requestId, link -> {
            if (mayGoElsewhere) {
                startTurn(request, session, path, headers, body, link, exchange.apply(link));
            } else {
                exchange.apply(link).apply(Handover.NONE).start();
            }
        });
        if (!mayGoElsewhere) {
            held.release(body.length); // what is sent on, and what may be sent in another form, stay
        }
    }

    private @Nullable CallJudgement judging(HttpServletRequest request, SessionUpstream session, byte[] body) {
        if (!new String(body, StandardCharsets.ISO_8859_1).contains(SafeguardCheck.REQUEST)) {
            return null; // without reading all of it
        }
        try {
            bodies.reserveForTree(request, body);
            JsonNode json = JsonMapper.shared().readTree(body);
            return CallJudgement.of(gateway, session, ClientHeaders.of(request), json, ModelList.requestedModel(body))
                    .orElse(null);
        } catch (JacksonException e) {
            return null;
        } finally {
            bodies.parsed(request);
        }
    }

    private void count(
            HttpServletRequest request, HttpServletResponse response, String requestId, SessionUpstream session)
            throws IOException {
        byte @Nullable [] body = body(request, response, requestId, session, bodies::json);
        JsonNode json = body == null ? null : json(request, body, response, requestId, session);
        if (json != null) {
            answer(
                    response,
                    requestId,
                    JsonMapper.shared().createObjectNode().put("input_tokens", TokenEstimate.of(json)));
        }
    }

    /**
     * Begins an answer that outlives this thread. A failure before the answer is under way is reported to the client as
     * well.
     */
    private void answer(
            HttpServletRequest request, HttpServletResponse response, String requestId, Consumer<ClientLink> start) {
        ClientLink link = link(request, response, requestId);
        try {
            start.accept(link);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("the request {} failed", requestId, e);
            link.run(() -> {
                if (link.committed()) {
                    link.abort();
                } else {
                    link.sendError(
                            e instanceof OutOfMemoryError
                                    ? EndpointErrors.outOfMemory()
                                    : EndpointErrors.internalError(requestId));
                }
            });
            link.close();
        }
    }

    private ClientLink link(HttpServletRequest request, HttpServletResponse response, String requestId) {
        ClientProbe probe = ClientProbe.of(request);
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        return new ClientLink(context, response, probe, gateway.links(), requestId);
    }

    /** Reads a body within this number of bytes, to pass it on or to parse it. */
    private interface Reading {

        byte[] read(HttpServletRequest request, int largest) throws IOException;
    }

    /** Returns the request's body; null if it was refused. */
    private byte @Nullable [] body(
            HttpServletRequest request,
            HttpServletResponse response,
            String requestId,
            SessionUpstream session,
            Reading reading)
            throws IOException {
        try {
            return reading.read(
                    request, Math.toIntExact(gateway.settings().largestRequest().toBytes()));
        } catch (RefusedBody e) {
            refuse(response, refused(e, session), requestId);
            return null;
        }
    }

    private GatewayError refused(RefusedBody body, SessionUpstream session) {
        return switch (body.reason()) {
            case TOO_LARGE ->
                GatewayError.permanent(
                        413,
                        "request_too_large",
                        "the request to %s is larger than %s, the gateway's limit; compact the conversation, or raise"
                                        .formatted(
                                                session.provider().id(),
                                                gateway.settings()
                                                                .largestRequest()
                                                                .toMegabytes() + " MB")
                                + " katra.gateway.largest-request");
            case OVER_SHARE -> EndpointErrors.overMemoryShare(session.provider());
            case TOO_MANY_ELEMENTS -> EndpointErrors.tooManyElements(session.provider());
            case TOO_SLOW ->
                GatewayError.of(
                        408,
                        "timeout_error",
                        "the request to %s did not come in time"
                                .formatted(session.provider().id()));
            case NO_ROOM -> EndpointErrors.outOfMemory();
        };
    }

    private @Nullable JsonNode json(
            HttpServletRequest request,
            byte[] body,
            HttpServletResponse response,
            String requestId,
            SessionUpstream session)
            throws IOException {
        JsonNode json = null;
        try {
            json = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            LOG.debug("no JSON in {}", requestId);
        } finally {
            bodies.parsed(request);
        }
        if (json == null || !json.isObject()) {
            refuse(
                    response,
                    GatewayError.permanent(
                            400,
                            "invalid_request_error",
                            "the request to %s at %s is not a JSON object; a client that speaks the Messages API sends one"
                                    .formatted(
                                            session.provider().id(),
                                            session.provider().url())),
                    requestId);
            return null;
        }
        return json;
    }

    private static void refuse(HttpServletResponse response, GatewayError error, String requestId) throws IOException {
        if (response.isCommitted()) {
            return; // the client has left
        }
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
