package dev.katra.gateway.http;

import dev.katra.core.session.ActiveFallbacks.ActiveFallback;
import dev.katra.core.upstream.Fallback;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.RequestReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leads one request through the endpoints of a session that has fallbacks: its own first, then its fallbacks in their
 * order, those left out that have just failed. If no fallback answers, the session's own endpoint has the last word. The
 * client sees one answer, or the refusal of its own provider.
 */
final class FallbackTurn implements Handover {

    private static final Logger LOG = LoggerFactory.getLogger(FallbackTurn.class);

    private final GatewayContext gateway;
    private final SessionUpstream own;
    private final ClientTurn turn;
    private final Function<Handover, Exchange> ownExchange;
    private final List<CircuitBreaker> breakers;
    private final boolean[] asked;
    private int at;
    private CircuitBreaker.@Nullable Permit permit;
    private @Nullable EndpointTrouble ownTrouble;

    /**
     * Creates the way of one request.
     *
     * @param ownExchange creates the exchange with the session's own endpoint
     */
    FallbackTurn(
            GatewayContext gateway, SessionUpstream own, ClientTurn turn, Function<Handover, Exchange> ownExchange) {
        this.gateway = gateway;
        this.own = own;
        this.turn = turn;
        this.ownExchange = ownExchange;
        this.breakers = gateway.breakers().of(own);
        this.asked = new boolean[breakers.size()];
    }

    /** Asks the first endpoint that is to be asked. */
    void start() {
        next(null);
    }

    @Override
    public boolean isPossible() {
        return true;
    }

    @Override
    public synchronized boolean accepts(EndpointTrouble trouble) {
        // What a fallback refuses may be the fault of its entry, and the session's own endpoint may take it.
        return trouble.outage() || (at > 0 && !trouble.promptTooLong());
    }

    @Override
    public void handOver(EndpointTrouble trouble) {
        gateway.client().execute(() -> next(trouble));
    }

    @Override
    public synchronized void answered() {
        CircuitBreaker.Permit given = permit;
        if (given == null) {
            return;
        }
        permit = null;
        given.succeeded();
        if (at == 0) {
            goBack();
        } else {
            changeOver(own.fallbacks().get(at - 1).endpoint());
        }
    }

    @Override
    public synchronized void refused() {
        CircuitBreaker.Permit given = permit;
        if (given != null) {
            permit = null;
            given.succeeded();
        }
    }

    @Override
    public synchronized void left() {
        CircuitBreaker.Permit given = permit;
        if (given != null) {
            permit = null;
            given.abandoned();
        }
    }

    /**
     * Asks the next endpoint.
     *
     * @param trouble the trouble with the last one; null if none has been asked
     */
    private synchronized void next(@Nullable EndpointTrouble trouble) {
        if (trouble != null) {
            note(trouble);
        }
        Optional<Integer> chosen = turn.link().over() ? Optional.empty() : choose();
        if (chosen.isPresent()) {
            at = chosen.get();
            asked[at] = true;
            ask();
            return;
        }
        EndpointTrouble last = ownTrouble == null ? trouble : ownTrouble;
        if (last != null) {
            turn.link().run(last.refusal());
        }
        turn.link().close();
    }

    private void note(EndpointTrouble trouble) {
        CircuitBreaker.Permit given = permit;
        permit = null;
        if (given != null) {
            given.failed(trouble.retryAfter());
        }
        if (at == 0) {
            ownTrouble = trouble;
        }
        LOG.warn(
                "the request {} of session {}: {} {}; {}",
                turn.link().requestId(),
                own.sessionId(),
                provider(at).provider().id(),
                trouble.reason(),
                breakers.get(at)
                        .pausedUntil()
                        .map(until -> "it is asked again from " + until + " on")
                        .orElse("it is asked again"));
    }

    private Optional<Integer> choose() {
        for (int i = 0; i < asked.length; i++) {
            Optional<CircuitBreaker.Permit> given =
                    asked[i] ? Optional.empty() : breakers.get(i).acquire();
            if (given.isPresent()) {
                permit = given.get();
                return Optional.of(i);
            }
        }
        if (asked[0]) {
            return Optional.empty();
        }
        permit = breakers.get(0).force();
        return Optional.of(0);
    }

    private void ask() {
        try {
            (at == 0 ? ownExchange.apply(this) : exchange(own.fallbacks().get(at - 1))).start();
        } catch (RuntimeException | OutOfMemoryError e) {
            left();
            LOG.error("the request {} failed", turn.link().requestId(), e);
            GatewayError error = e instanceof OutOfMemoryError
                    ? EndpointErrors.outOfMemory()
                    : EndpointErrors.internalError(turn.link().requestId());
            turn.link().run(() -> {
                if (turn.link().committed()) {
                    turn.link().abort();
                } else {
                    turn.link().sendError(error);
                }
            });
            turn.link().close();
        }
    }

    private SessionUpstream provider(int index) {
        return index == 0 ? own : own.fallbacks().get(index - 1).endpoint();
    }

    private Exchange exchange(SessionUpstream.SessionFallback fallback) {
        SessionUpstream endpoint = fallback.endpoint();
        Fallback stored = fallback.stored();
        ClientHeaders headers =
                turn.headers().forFallback(stored.provider(), stored.key().header());
        long tree = turn.held().reserveForTree(turn.body());
        try {
            ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(turn.body());
            String model = stored.modelFor(json.path("model").asString(""));
            FallbackRequest.rewrite(json, endpoint, model);
            return endpoint.passesThrough()
                    ? passThrough(endpoint, headers, json, model)
                    : translated(endpoint, headers, json);
        } catch (JacksonException e) {
            throw new IllegalStateException("the request is not JSON", e);
        } finally {
            turn.held().parsed();
            if (endpoint.passesThrough()) {
                turn.held().release(tree); // the other way it is needed until the end
            }
        }
    }

    private Exchange passThrough(SessionUpstream endpoint, ClientHeaders headers, ObjectNode json, String model) {
        @Nullable
        CallJudgement judging = json.has(SafeguardCheck.REQUEST)
                ? CallJudgement.of(gateway, endpoint, headers, json, model).orElse(null)
                : null;
        byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
        Trace trace = gateway.trace(endpoint, RequestKey.of(headers));
        trace.clientRequest(turn.body());
        return new PassThroughExchange(
                gateway,
                endpoint,
                model,
                turn.link(),
                meter(endpoint, model),
                trace,
                new ClientRequest("POST", turn.path(), turn.pathAndQuery(), headers, body),
                turn.held(),
                judging,
                FallbackRequest.maker(endpoint, model),
                this);
    }

    private Exchange translated(SessionUpstream endpoint, ClientHeaders headers, JsonNode json) {
        MessagesRequest read = RequestReader.read(json);
        String conversation = headers.value("x-claude-code-session-id");
        String model = endpoint.target(read.model()).model();
        Trace trace = gateway.trace(endpoint, RequestKey.of(headers));
        trace.clientRequest(turn.body());
        return new TranslatedExchange(
                gateway,
                endpoint,
                conversation.isEmpty() ? read : read.inSession(conversation),
                new LazyTokenEstimate(json),
                RequestKey.of(headers),
                turn.link(),
                meter(endpoint, model),
                trace,
                CallJudgement.of(gateway, endpoint, headers, json, model).orElse(null),
                this);
    }

    private UsageMeter meter(SessionUpstream endpoint, String model) {
        return new UsageMeter(
                gateway.usage(),
                endpoint,
                model,
                gateway.purpose(own, turn.headers()),
                turn.link().requestId());
    }

    /** Tells, the first time, that a fallback answers in place of the session's own provider. */
    private void changeOver(SessionUpstream endpoint) {
        String id = endpoint.provider().id();
        Optional<ActiveFallback> before = gateway.activeFallbacks().of(own.sessionId());
        if (before.filter(active -> active.provider().equals(id)).isPresent()) {
            return;
        }
        String model = own.fallbacks().get(at - 1).stored().models().main();
        String named = model == null ? id : id + " (" + model + ")";
        gateway.activeFallbacks()
                .begin(
                        own.sessionId(),
                        new ActiveFallback(
                                id,
                                model == null ? "" : model,
                                before.map(ActiveFallback::since)
                                        .orElseGet(
                                                () -> gateway.breakers().clock().instant())));
        String because = ownTrouble == null ? "does not answer" : ownTrouble.reason();
        String again = breakers.get(0)
                .pausedUntil()
                .map(until -> "; " + own.provider().id() + " is asked again from " + time(until) + " on")
                .orElse("");
        gateway.notices()
                .announce(
                        own.sessionId(),
                        "Katra: %s %s, so %s answers in its place%s"
                                .formatted(own.provider().id(), because, named, again));
        LOG.info(
                "the session {} on {} is answered by {}",
                own.sessionId(),
                own.provider().id(),
                named);
    }

    /** Tells that the session's own provider answers again, if it did not. */
    private void goBack() {
        if (gateway.activeFallbacks().of(own.sessionId()).isEmpty()) {
            return;
        }
        gateway.activeFallbacks().end(own.sessionId());
        gateway.notices()
                .announce(
                        own.sessionId(),
                        "Katra: %s answers again".formatted(own.provider().id()));
        LOG.info(
                "the session {} is answered by {} again",
                own.sessionId(),
                own.provider().id());
    }

    private String time(Instant instant) {
        boolean soon = instant.isBefore(gateway.breakers().clock().instant().plusSeconds(12 * 3600));
        return DateTimeFormatter.ofPattern(soon ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(instant);
    }
}
