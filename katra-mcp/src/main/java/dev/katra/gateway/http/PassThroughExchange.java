package dev.katra.gateway.http;

import dev.katra.core.upstream.Quirk;
import dev.katra.core.upstream.Quirks;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.EndpointOutage;
import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.failure.LearnedMessagesQuirk;
import dev.katra.gateway.failure.Redaction;
import dev.katra.gateway.failure.RetryAfter;
import dev.katra.gateway.messages.DocumentBlocks;
import dev.katra.gateway.messages.SystemTurns;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.request.TokenEstimate;
import dev.katra.gateway.upstream.Target;
import dev.katra.web.BodyBudget;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Passes one request through to an endpoint that speaks the client's own format. Headers, bytes and errors stay as they
 * are, because the client's recovery depends on their wording. Only four things change: thinking that this gateway
 * signed itself is left out, because no vendor takes it; what this endpoint is known not to take is written in another
 * form; verdicts on the calls are added where the client wants them and the endpoint sends none; and what a fallback
 * thinks is marked as its own.
 */
final class PassThroughExchange extends Exchange {

    private static final String BETA_HEADER = "anthropic-beta";
    /** The maximum number of times that a request is sent again in another form. */
    private static final int MAX_RESENDS = 2;

    private final UsageReader tap;
    private final ClientRequest sent;
    private final BodyBudget.BodyReservation held;
    private final @Nullable CallJudgement judging;
    private final Target configuredTarget;
    private Quirks quirks;
    private int lessons;
    private @Nullable TeachingResponse refused;
    private @Nullable JudgedEventStream judged;
    private @Nullable BufferedBody whole;
    private boolean begun;
    private volatile @Nullable CompletableFuture<?> verdicts;
    private volatile @Nullable MissingRetryAfter wait;
    private final @Nullable SignatureMarks marks;
    private @Nullable AnswerStart starting;
    private @Nullable TeachingResponse undecided;
    private volatile @Nullable SlowRefusal slow;
    private volatile boolean stalled;

    /** An AnswerStart holds the beginning of an answer that nothing of has gone to the client. */
    private record AnswerStart(HeldBeginning beginning, boolean readable, Runnable commit, BodyReader.Receiver rest) {}

    /** A TeachingResponse holds an error response that may teach something. */
    private record TeachingResponse(int status, HttpHeaders headers, BufferedBody body) {}

    /**
     * Creates the exchange of one request.
     *
     * @param model the model that the request names
     * @param held the memory that the request holds, in which its trees are built
     * @param judging the judgement of the answer's calls if the endpoint does not judge; null if the client does not
     *     ask for one
     * @param maker who signs what the answer thinks, if the endpoint is not the session's own; null if it is
     */
    PassThroughExchange(
            GatewayContext gateway,
            SessionUpstream session,
            String model,
            ClientLink link,
            UsageMeter counting,
            Trace trace,
            ClientRequest sent,
            BodyBudget.BodyReservation held,
            @Nullable CallJudgement judging,
            @Nullable String maker,
            Handover handover) {
        super(gateway, session, link, counting, trace, handover);
        this.marks = maker == null ? null : new SignatureMarks(maker);
        this.tap = new UsageReader(counting);
        this.sent = sent;
        this.held = held;
        counting.setPrompt(new LazyTokenEstimate(() -> TokenEstimate.of(sent.body())));
        this.judging = judging;
        this.configuredTarget = session.target(model);
        this.quirks = gateway.upstreams().withLearned(configuredTarget).quirks();
    }

    /** Sends the request on, to the same path below the endpoint. */
    @Override
    void start() {
        link.open(this);
        sendRewritten();
    }

    /** Sends the request as it is, except for what the endpoint is known not to take. */
    private void sendRewritten() {
        try {
            Optional<HttpRequest.Builder> to =
                    gateway.client().request(session.provider().url() + sent.pathAndQuery());
            if (to.isEmpty()) {
                GatewayError error = EndpointErrors.unreachable(session.provider());
                if (!handsOver(silence("has no valid address", error))) {
                    refuse(error);
                }
                return;
            }
            byte[] body = rewrittenBody();
            trace.upstreamRequest(sent.path(), body);
            send(withHeaders(to.get().method(sent.method(), publisher(body))));
        } catch (RuntimeException | OutOfMemoryError e) {
            refuse(error(e));
        }
    }

    private byte[] rewrittenBody() {
        boolean folds = quirks.has(Quirk.NO_SYSTEM_TURNS);
        boolean withoutCheck = quirks.has(Quirk.NO_SAFEGUARDS);
        boolean withoutDocuments = quirks.has(Quirk.NO_DOCUMENTS) && sent.bodyContains("\"document\"");
        if (!sent.isMessages() || !(folds || withoutCheck || withoutDocuments)) {
            return sent.body();
        }
        long tree = held.reserveForTree(sent.body());
        try {
            return rewrittenBody(folds, withoutCheck, withoutDocuments);
        } finally {
            held.parsed();
            held.release(tree);
        }
    }

    private byte[] rewrittenBody(boolean folds, boolean withoutCheck, boolean withoutDocuments) {
        ObjectNode json = sent.json();
        if (json == null) {
            return sent.body();
        }
        if (withoutCheck) {
            json.remove(SafeguardCheck.REQUEST);
        }
        if (withoutDocuments) {
            Set<String> omitted = DocumentBlocks.replace(json, configuredTarget.model());
            if (!omitted.isEmpty()) {
                OmissionNotices.tellAttachments(
                        gateway.notices(), session, configuredTarget, omitted, "the quirk no-documents");
            }
        }
        return (folds ? SystemTurns.folded(json) : json).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest.BodyPublisher publisher(byte[] body) {
        return body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }

    private HttpRequest withHeaders(HttpRequest.Builder to) {
        sent.headers().map().forEach((name, values) -> {
            for (String value : values) {
                String known = quirks.has(Quirk.NO_SAFEGUARDS) && name.equalsIgnoreCase(BETA_HEADER)
                        ? withoutCheck(value)
                        : value;
                if (!known.isEmpty()) {
                    to.header(name, known);
                }
            }
        });
        return to.build();
    }

    private static String withoutCheck(String betas) {
        return Arrays.stream(betas.split(",", -1))
                .map(String::strip)
                .filter(beta -> !beta.startsWith(SafeguardCheck.BETA))
                .collect(Collectors.joining(","));
    }

    private void send(HttpRequest request) {
        send(request, this::incoming, (response, failure) -> {
            if (response == null && !link.over() && resendsAfter(failure)) {
                send(request);
            } else {
                over(response, failure);
            }
        });
    }

    private HttpResponse.BodySubscriber<BodyReader.End> incoming(HttpResponse.ResponseInfo info) {
        if (info.statusCode() / 100 == 3
                && info.headers().firstValue("location").isPresent()) {
            refuse(RedirectError.error(
                    session.provider(), info.headers())); // the client would take key and token there
            return new BodyReader((bytes, length) -> false);
        }
        if (sent.isMessages() && lessons < MAX_RESENDS && LearnedMessagesQuirk.mayTeach(info.statusCode())) {
            TeachingResponse refusal = new TeachingResponse(info.statusCode(), info.headers(), new BufferedBody());
            refused = refusal;
            return reader(refusal.body());
        }
        if (handover.isPossible() && info.statusCode() >= 400) {
            TeachingResponse refusal = new TeachingResponse(info.statusCode(), info.headers(), new BufferedBody());
            undecided = refusal;
            slow = EndpointOutage.isStatus(info.statusCode())
                    ? new SlowRefusal(info.statusCode(), info.headers())
                    : null;
            return reader(refusal.body());
        }
        if (info.statusCode() >= 400) {
            counting.noteFailure();
        }
        if (MissingRetryAfter.appliesTo(info.statusCode(), info.headers())) {
            MissingRetryAfter missing = new MissingRetryAfter(info.statusCode(), info.headers());
            wait = missing;
            return reader(missing);
        }
        return answer(info);
    }

    private HttpResponse.BodySubscriber<BodyReader.End> answer(HttpResponse.ResponseInfo info) {
        if (info.statusCode() / 100 == 2 && lessons > 0) {
            gateway.upstreams().learn(configuredTarget, configuredTarget.with(quirks));
        }
        String type = info.headers().firstValue("content-type").orElse("");
        String encoding = info.headers().firstValue("content-encoding").orElse("");
        CallJudgement judge = info.statusCode() / 100 == 2 ? judging : null;
        boolean changes = judge != null || marks != null;
        if (changes && !BodyDecompressor.supports(encoding)) {
            GatewayError unreadable =
                    EndpointErrors.compressed(session.provider(), encoding); // nobody could see what it calls
            if (!handsOver(silence("answered in an unknown compression", unreadable))) {
                refuse(unreadable);
            }
            return new BodyReader((bytes, length) -> false);
        }
        whole = judge == null ? null : new BufferedBody();
        Runnable commit = () -> {
            handover.answered();
            link.run(() -> {
                begin(link.response(), info.statusCode(), info.headers(), !changes);
                identify();
            });
            tap.begin(type, encoding);
        };
        BodyReader.Receiver taking = changes
                ? BodyDecompressor.of(encoding, (bytes, length) -> takeChanged(judge, bytes, length))
                : this::pass;
        BodyReader.Receiver rest = (bytes, length) -> {
            taking.take(bytes, length);
            tap.take(bytes, length);
            return !link.over();
        };
        if (!handover.isPossible()) {
            commit.run();
            return reader(rest);
        }
        AnswerStart start = new AnswerStart(new HeldBeginning(), encoding.isEmpty(), commit, rest);
        starting = start;
        return reader((bytes, length) -> starting == null ? rest.take(bytes, length) : begins(start, bytes, length));
    }

    /** Lets the client and the count know the request by one id; what is counted already has the gateway's. */
    private void identify() {
        if (isHandedOver()) {
            link.response().setHeader("request-id", link.requestId());
        } else {
            counting.setRequestId(link.identify());
        }
    }

    private boolean pass(byte[] bytes, int length) {
        link.run(() -> link.write(bytes, 0, length));
        return true;
    }

    private boolean takeChanged(@Nullable CallJudgement judge, byte[] bytes, int length) {
        SignatureMarks marking = marks;
        byte[] marked = marking == null ? bytes : marking.take(bytes, length);
        return takeMarked(judge, marked, marking == null ? length : marked.length);
    }

    private boolean takeMarked(@Nullable CallJudgement judge, byte[] bytes, int length) {
        if (length == 0) {
            return true;
        }
        return judge == null ? pass(bytes, length) : takeJudged(judge, bytes, length);
    }

    /** Takes bytes of an answer that nothing of has gone to the client; returns whether more is wanted. */
    private boolean begins(AnswerStart start, byte[] bytes, int length) {
        HeldBeginning beginning = start.beginning();
        beginning.take(bytes, length, start.readable());
        if (beginning.isAnswer()) {
            return commit(start);
        }
        if (beginning.error() == null && !beginning.isPage()) {
            return true;
        }
        return !handsOver(failedBeginning(start)) && refusesWith(start);
    }

    private boolean commit(AnswerStart start) {
        starting = null;
        start.commit().run();
        byte[] held = start.beginning().bytes();
        return start.rest().take(held, held.length);
    }

    /** Lets an error that another endpoint cannot mend through to the client. */
    private boolean refusesWith(AnswerStart start) {
        handover.refused();
        counting.noteFailure();
        return commit(start);
    }

    private EndpointTrouble failedBeginning(AnswerStart start) {
        ClientLink.Writing asItIs = () -> {
            starting = null;
            start.commit().run();
            byte[] held = start.beginning().bytes();
            link.write(held, 0, held.length);
            link.end();
        };
        JsonNode error = start.beginning().error();
        if (error == null) {
            return new EndpointTrouble(true, false, Optional.empty(), "answered with a web page", asItIs);
        }
        ErrorResponse said = ErrorResponse.fromBody(error);
        return new EndpointTrouble(
                EndpointOutage.matches(said),
                EndpointOutage.isPromptTooLong(said),
                RetryAfter.of(said),
                "answered with the error " + Redaction.redact(error.path("type").asString("unknown")),
                asItIs);
    }

    private BodyReader reader(BodyReader.Receiver receiver) {
        return new BodyReader((bytes, length) -> {
            noteBytes();
            trace.upstreamBytes(bytes, length);
            return !isHandedOver() && receiver.take(bytes, length);
        });
    }

    /**
     * Takes bytes of an answer that is judged. Its first bytes, and not its content type, decide whether it is a
     * stream.
     */
    private boolean takeJudged(CallJudgement judge, byte[] bytes, int length) {
        BufferedBody collected = whole;
        if (collected != null && !begun && !BufferedBody.blank(bytes, length)) {
            begun = true;
            if (!BufferedBody.json(bytes, length)) {
                byte[] blank = collected.bytes();
                JudgedEventStream stream = new JudgedEventStream(judge);
                judged = stream;
                whole = null;
                link.run(() -> write(stream.take(blank, blank.length)));
            }
        }
        JudgedEventStream events = judged;
        if (events == null) {
            return Objects.requireNonNull(whole).take(bytes, length);
        }
        link.run(() -> write(events.take(bytes, length)));
        releaseWhenJudged(events, judge);
        return true;
    }

    private void write(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            link.write(bytes, 0, bytes.length);
        }
    }

    private static void begin(HttpServletResponse response, int status, HttpHeaders headers, boolean asItIs) {
        response.setStatus(status);
        headers.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("content-length")) {
                if (asItIs) {
                    response.setContentLengthLong(Long.parseLong(values.get(0)));
                }
            } else if ((asItIs || !lower.equals("content-encoding"))
                    && !ClientRequest.NOT_FORWARDED.contains(lower)
                    && !lower.startsWith(":")) {
                values.forEach(value -> response.addHeader(name, value));
            }
        });
    }

    private void over(@Nullable HttpResponse<BodyReader.End> response, @Nullable Throwable failure) {
        Throwable reason = response == null ? failure : response.body().reason();
        slow = null;
        if (handsOverUnanswered(reason)) {
            return;
        }
        AnswerStart start = starting;
        if (start != null && reason == null && !link.over()) {
            handover.left();
            commit(start);
        }
        TeachingResponse refusal = refused;
        if (reason == null && refusal != null && !link.over()) {
            refused = null;
            learnFrom(refusal);
            return;
        }
        MissingRetryAfter read = wait;
        if (read != null && reason == null) {
            link.run(() -> {
                begin(link.response(), read.status(), read.headers(), true);
                read.seconds().ifPresent(value -> link.response().setHeader("retry-after", value));
                link.write(read.body(), 0, read.body().length);
            });
        }
        if (reason != null && !link.over()) {
            counting.noteFailure();
            link.run(() -> fail(reason));
        }
        if (reason == null && marks != null) {
            byte[] last = marks.end();
            takeMarked(whole == null && judged == null ? null : judging, last, last.length);
        }
        if (reason != null || link.over() || judging == null || (judged == null && whole == null)) {
            finish();
        } else {
            finishJudged(judging);
        }
    }

    /** Hands the request over if the endpoint has ended without an answer. */
    private boolean handsOverUnanswered(@Nullable Throwable reason) {
        if (link.over() || !handover.isPossible()) {
            return false;
        }
        if (reason != null) {
            boolean ofEndpoint = stalled || UpstreamClient.isOfEndpoint(reason);
            GatewayError error = stalled ? EndpointErrors.timedOut(session.provider()) : error(reason);
            return ofEndpoint
                    && handsOver(silence(stalled ? "did not answer in time" : UpstreamClient.reason(reason), error));
        }
        TeachingResponse refusal = undecided;
        if (refusal != null) {
            decide(refusal);
            return true;
        }
        return starting != null
                && handsOver(silence("answered with nothing", EndpointErrors.empty(session.provider())));
    }

    /** Hands the request over, or lets the refusal through to the client. */
    private void decide(TeachingResponse refusal) {
        undecided = null;
        if (handsOver(trouble(refusal, refusal.body().bytes()))) {
            return;
        }
        handover.refused();
        counting.noteFailure();
        link.run(() -> pass(refusal, refusal.body().bytes()));
        finish();
    }

    private EndpointTrouble trouble(TeachingResponse refusal, byte[] body) {
        ErrorResponse said = AdaptiveRequest.errorResponse(
                refusal.status(),
                refusal.headers(),
                BodyDecompressor.text(
                        refusal.headers().firstValue("content-encoding").orElse(""), body));
        return new EndpointTrouble(
                EndpointOutage.matches(said),
                EndpointOutage.isPromptTooLong(said),
                RetryAfter.of(said),
                "answered " + refusal.status(),
                () -> {
                    pass(refusal, body);
                    link.end();
                });
    }

    /** Passes a refusal on to the client, with the wait that it asks for in the form that the client reads. */
    private void pass(TeachingResponse refusal, byte[] body) throws IOException {
        begin(link.response(), refusal.status(), refusal.headers(), false);
        identify();
        if (MissingRetryAfter.appliesTo(refusal.status(), refusal.headers())) {
            MissingRetryAfter missing = new MissingRetryAfter(refusal.status(), refusal.headers());
            missing.take(body, body.length);
            missing.seconds().ifPresent(value -> link.response().setHeader("retry-after", value));
        }
        refusal.headers().firstValue("content-encoding").ifPresent(encoding -> link.response()
                .setHeader("content-encoding", encoding));
        link.response().setContentLength(body.length);
        write(body);
    }

    private void finish() {
        try {
            link.run(link::end);
            tap.end();
        } finally {
            close();
        }
    }

    /** Sends the request again in a form that the endpoint takes, or passes the error response on to the client. */
    private void learnFrom(TeachingResponse refusal) {
        Optional<Quirks> lesson = lesson(refusal);
        if (lesson.isPresent()) {
            lessons++;
            quirks = lesson.get();
            allowResend();
            sendRewritten();
            return;
        }
        if (handover.isPossible()) {
            decide(refusal);
            return;
        }
        counting.noteFailure();
        link.run(() -> {
            begin(link.response(), refusal.status(), refusal.headers(), true);
            write(refusal.body().bytes());
        });
        finish();
    }

    private Optional<Quirks> lesson(TeachingResponse refusal) {
        long tree = held.reserveForTree(sent.body());
        try {
            ObjectNode json = sent.json();
            return json == null
                    ? Optional.empty()
                    : LearnedMessagesQuirk.of(refusal.status(), refusal.body().text(), json, quirks);
        } finally {
            held.parsed();
            held.release(tree);
        }
    }

    /** Asks for the verdicts once the last events are held back, and releases the events with them. */
    private void releaseWhenJudged(JudgedEventStream events, CallJudgement judge) {
        if (events.judgedByEndpoint()) {
            gateway.selfJudging().add(session, configuredTarget.model());
        } else if (events.awaitsVerdicts() && verdicts == null) {
            verdicts = judge.results().thenAccept(results -> link.run(() -> write(events.release(results))));
        }
    }

    private void finishJudged(CallJudgement judge) {
        JudgedEventStream events = judged;
        if (events != null) {
            link.run(() -> write(events.end()));
            releaseWhenJudged(events, judge);
            CompletableFuture<?> waiting = verdicts;
            if (waiting == null) {
                finish();
            } else {
                var unused = waiting.whenComplete((done, failure) -> finish());
            }
            return;
        }
        BufferedBody collected = Objects.requireNonNull(whole);
        JsonNode json = collected.json();
        if (!(json instanceof ObjectNode message)
                || message.has(SafeguardCheck.RESULTS)
                || !message.path("content").isArray()) {
            if (json != null && json.has(SafeguardCheck.RESULTS)) {
                gateway.selfJudging().add(session, configuredTarget.model());
            }
            link.run(() -> write(collected.bytes()));
            finish();
            return;
        }
        int key = 0;
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asString("").equals("tool_use")) {
                judge.started(
                        key, block.path("id").asString(""), block.path("name").asString(""));
                judge.arguments(key, block.path("input").toString());
                judge.ended(key++);
            }
        }
        var unused = judge.results().whenComplete((results, failure) -> {
            if (results != null) {
                message.set(SafeguardCheck.RESULTS, results);
            }
            link.run(() -> write(message.toString().getBytes(StandardCharsets.UTF_8)));
            finish();
        });
    }

    /**
     * Reports the failure to the client if the answer has not begun; otherwise breaks the answer off, as the endpoint
     * did.
     */
    private void fail(Throwable reason) throws IOException {
        if (link.committed()) {
            UpstreamClient.log(reason, session.provider(), link.requestId());
            link.abort();
            return;
        }
        GatewayError error =
                reason instanceof CancellationException ? EndpointErrors.timedOut(session.provider()) : error(reason);
        link.sendError(error);
    }

    @Override
    protected void sendError(GatewayError error) throws IOException {
        link.sendError(error);
    }

    @Override
    protected void defect(Throwable thrown) {
        counting.noteFailure();
        link.run(() -> fail(thrown));
        finish();
    }

    @Override
    public void tick() {
        SlowRefusal refusing = slow;
        if (isHandedOver()) {
            return;
        }
        if (refusing != null && refusing.due()) {
            slow = null;
            TeachingResponse head = new TeachingResponse(refusing.status(), refusing.headers(), new BufferedBody());
            gateway.client().threads().execute(() -> {
                var unused = handsOver(trouble(head, new byte[0]));
            });
        } else if (silence().compareTo(maxSilence()) > 0) {
            stalled = true;
            cancelSoon();
        }
    }
}
