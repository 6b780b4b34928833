package dev.katra.gateway.http;

import dev.katra.core.upstream.Protocol;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.codec.Attachments;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.codec.LocalAnswers;
import dev.katra.gateway.codec.StopSequenceFilter;
import dev.katra.gateway.codec.StreamDecoder;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.EndpointOutage;
import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.ErrorTranslation;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.failure.LearnedQuirk;
import dev.katra.gateway.failure.RetryAfter;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Translates one request: it is sent in the endpoint's format, and its answer comes back in the client's. A failure
 * before the answer has begun becomes an error status; a later one becomes an error event.
 */
final class TranslatedExchange extends Exchange {

    /** The longest time that an endpoint may keep a complete answer open; after that its connection is closed. */
    private static final Duration MAX_LINGER = Duration.ofSeconds(2);

    private final MessagesRequest request;
    private final LazyTokenEstimate estimate;
    private final RequestKey credential;
    private final ClientAnswer answer;
    private final AdaptiveRequest form;
    private volatile @Nullable StreamedAnswer streaming;
    private volatile boolean answering;
    private volatile @Nullable Duration stalled;
    private volatile @Nullable SlowRefusal slow;

    TranslatedExchange(
            GatewayContext gateway,
            SessionUpstream session,
            MessagesRequest request,
            LazyTokenEstimate estimate,
            RequestKey credential,
            ClientLink link,
            UsageMeter counting,
            Trace trace,
            @Nullable CallJudgement judging,
            Handover handover) {
        super(gateway, session, link, counting, trace, handover);
        this.request = request;
        this.estimate = estimate;
        this.credential = credential;
        this.answer =
                ClientAnswer.to(request, estimate, link, counting, trace, judging, handover, this::handsOverFailed);
        this.form = new AdaptiveRequest(gateway, session, session.target(request.model()), request, estimate);
    }

    @Override
    void start() {
        link.open(this);
        try {
            Optional<List<AnswerEvent>> local = LocalAnswers.of(request, form.target());
            if (local.isPresent()) {
                handover.left();
                counting.setPrompt(null);
                answerWith(local.get());
            } else {
                send();
                estimate.tokens(); // while the endpoint thinks
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            defect(e);
        }
    }

    private void send() {
        EncodedRequest encoded = form.encode();
        tellOmissions(encoded);
        byte[] body = JsonMapper.shared().writeValueAsBytes(encoded.body());
        Optional<HttpRequest.Builder> sendable =
                gateway.client().request(session.provider().url() + encoded.path());
        if (sendable.isEmpty()) {
            refuseOrHandOver("has no valid address", EndpointErrors.unreachable(session.provider()));
            return;
        }
        HttpRequest.Builder to = sendable.get()
                .header("Content-Type", "application/json")
                .header("Accept", request.stream() ? "text/event-stream, application/json" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Optional<GatewayError> noKey =
                credential.addTo(to, session.upstream().key().header(), session.provider());
        if (noKey.isPresent()) {
            if (!handsOver(refusal("got no key", noKey.get()))) {
                refuse(noKey.get());
            }
            return;
        }
        trace.upstreamRequest(encoded.path(), body);
        Incoming incoming = new Incoming(encoded.names());
        send(to.build(), incoming, incoming::over);
    }

    private void refuseOrHandOver(String reason, GatewayError error) {
        if (!handsOver(silence(reason, error))) {
            refuse(error);
        }
    }

    private EndpointTrouble refusal(String reason, GatewayError error) {
        return new EndpointTrouble(false, false, Optional.empty(), reason, () -> sendError(error));
    }

    /** Hands the request over if the endpoint's stream begins with an error. */
    private boolean handsOverFailed(GatewayError error) {
        return handsOver(new EndpointTrouble(
                EndpointOutage.isStatus(error.status()),
                false,
                Optional.ofNullable(error.headers().get("retry-after"))
                        .map(Long::parseLong)
                        .map(Duration::ofSeconds),
                "answered " + error.status(),
                () -> sendError(error)));
    }

    private void tellOmissions(EncodedRequest encoded) {
        Target target = form.target();
        if (!encoded.leftOut().isEmpty()) {
            OmissionNotices.tellTools(gateway.notices(), session, target, encoded.leftOut());
        }
        boolean links = session.upstream().protocol() == Protocol.OPENAI_RESPONSES;
        List<String> omitted = Attachments.omitted(request, target, links);
        if (!omitted.isEmpty()) {
            OmissionNotices.tellAttachments(
                    gateway.notices(), session, target, omitted, "the quirks files and no-images");
        }
    }

    /** Receives what comes back for one sending of the request. */
    private final class Incoming implements HttpResponse.BodyHandler<BodyReader.End> {

        private final ToolNames names;
        private final BufferedBody collected = new BufferedBody();
        private @Nullable StreamedAnswer streamed;
        private String encoding = "";
        private boolean mayStream;

        private Incoming(ToolNames names) {
            this.names = names;
        }

        @Override
        public HttpResponse.BodySubscriber<BodyReader.End> apply(HttpResponse.ResponseInfo info) {
            if (info.statusCode() / 100 == 2 && form.confirmLearned()) {
                tellLimit();
            }
            String type = info.headers().firstValue("content-type").orElse("");
            mayStream = info.statusCode() / 100 == 2
                    && request.stream()
                    && !type.contains("json")
                    && !type.contains("html");
            answering |= mayStream;
            encoding = info.headers().firstValue("content-encoding").orElse("");
            slow = EndpointOutage.isStatus(info.statusCode())
                    ? new SlowRefusal(info.statusCode(), info.headers())
                    : null;
            mayStream &= BodyDecompressor.supports(encoding);
            BodyReader.Receiver plain = BodyDecompressor.of(encoding, this::take);
            return new BodyReader((bytes, length) -> {
                noteBytes();
                return plain.take(bytes, length);
            });
        }

        /** Takes bytes of the answer itself; the first of them decide whether it is a stream. */
        private boolean take(byte[] bytes, int length) {
            trace.upstreamBytes(bytes, length);
            if (mayStream && streamed == null && BufferedBody.blank(bytes, length)) {
                return true;
            }
            if (mayStream && streamed == null && !BufferedBody.json(bytes, length)) {
                StreamedAnswer begins = new StreamedAnswer(
                        form.codec(),
                        form.target(),
                        names,
                        request.sampling().stops(),
                        form::learnForLater,
                        answer,
                        link);
                streamed = begins;
                streaming = begins;
            }
            StreamedAnswer pieces = streamed;
            if (pieces == null) {
                mayStream = false;
                return collected.take(bytes, length);
            }
            boolean more = pieces.take(bytes, length);
            if (link.over()) {
                counting.report(); // what may follow is of no use to anybody
            }
            return more && !isHandedOver();
        }

        private void over(@Nullable HttpResponse<BodyReader.End> response, @Nullable Throwable failure) {
            Throwable reason = response == null ? failure : response.body().reason();
            slow = null;
            if (link.over()) {
                close();
            } else if (streamed != null) {
                if (reason != null && stalled == null) {
                    UpstreamClient.log(reason, session.provider(), link.requestId());
                }
                streamed.end(session.provider(), stalledError());
                if (!isHandedOver()) {
                    answer.whenVerdictsDone(TranslatedExchange.this::close);
                }
            } else if (response == null && stalled == null && resendsAfter(failure)) {
                send();
            } else if (response == null || reason != null) {
                Throwable thrown = reason == null ? new IllegalStateException("no answer and no reason") : reason;
                GatewayError silent = stalledError();
                GatewayError said = silent != null ? silent : error(thrown);
                if (silent != null) {
                    refuseOrHandOver("did not answer in time", said);
                } else if (UpstreamClient.isOfEndpoint(thrown)) {
                    refuseOrHandOver(UpstreamClient.reason(thrown), said);
                } else {
                    refuse(said);
                }
            } else if (response.statusCode() / 100 == 2) {
                readWhole();
            } else {
                handleErrorResponse(response);
            }
        }

        private void readWhole() {
            JsonNode json = collected.json();
            if (!BodyDecompressor.supports(encoding)) {
                refuse(EndpointErrors.compressed(session.provider(), encoding));
            } else if (collected.blank()) {
                refuseOrHandOver("answered with nothing", EndpointErrors.empty(session.provider()));
            } else if (collected.html()) {
                refuseOrHandOver("answered with a web page", EndpointErrors.webPage(session.provider(), 200));
            } else if (json == null) {
                readAsStream();
            } else {
                answerWith(noteQuirks(form.codec().whole(json, form.target(), names)));
            }
        }

        /** Reads an answer that is a stream although the client did not ask for one. */
        private void readAsStream() {
            List<AnswerEvent> events = new ArrayList<>();
            StreamDecoder decoder = form.codec().stream(form.target(), names, events::add);
            decoder.push(collected.bytes(), 0, collected.bytes().length);
            decoder.drain();
            boolean none = events.isEmpty();
            decoder.end();
            if (none && events.stream().allMatch(AnswerEvent.Failed.class::isInstance)) {
                refuseOrHandOver("answered with something unknown", EndpointErrors.unknownFormat(session.provider()));
            } else {
                answerWith(noteQuirks(events));
            }
        }

        private List<AnswerEvent> noteQuirks(List<AnswerEvent> events) {
            for (AnswerEvent event : events) {
                if (event instanceof AnswerEvent.QuirkFound notice) {
                    form.learnForLater(notice.quirk());
                }
            }
            return StopSequenceFilter.within(request.sampling().stops(), events);
        }

        private void handleErrorResponse(HttpResponse<?> response) {
            if (response.statusCode() / 100 == 3) {
                refuse(RedirectError.error(session.provider(), response.headers()));
                return;
            }
            String text = BodyDecompressor.supports(encoding) ? collected.text() : "";
            ErrorResponse refusal = AdaptiveRequest.errorResponse(
                    response.statusCode(), response.headers(), credential.removeFrom(text));
            if (form.learnFrom(refusal)) {
                send();
            } else if (LearnedQuirk.outputLimitReached(refusal)) {
                counting.setPrompt(null);
                answerWith(LocalAnswers.outputLimit());
            } else {
                GatewayError error = ErrorTranslation.of(refusal, form.target(), estimate.tokens());
                if (!handsOver(new EndpointTrouble(
                        EndpointOutage.matches(refusal),
                        EndpointOutage.isPromptTooLong(refusal),
                        RetryAfter.of(refusal),
                        "answered " + refusal.status(),
                        () -> sendError(error)))) {
                    handover.refused();
                    refuse(error);
                }
            }
        }
    }

    /** Hands the request over without the body of a refusal that does not come. */
    private void handOverSlow(SlowRefusal refused) {
        ErrorResponse head = AdaptiveRequest.errorResponse(refused.status(), refused.headers(), "");
        GatewayError error = ErrorTranslation.of(head, form.target(), estimate.tokens());
        var unused = handsOver(new EndpointTrouble(
                true, false, RetryAfter.of(head), "answered " + refused.status(), () -> sendError(error)));
    }

    /** Tells the person, once in a session, of a limit that differs from the one in the provider's entry. */
    private void tellLimit() {
        if (!form.hasLearnedLimit()) {
            return;
        }
        String id = session.provider().id();
        int most = form.target().maxOutput();
        gateway.notices()
                .add(
                        session.sessionId(),
                        "answers",
                        "Katra: %s lets %s answer with at most %d tokens; write %s_MAX_OUTPUT_TOKENS=%d into providers.conf"
                                .formatted(
                                        id,
                                        form.target().model(),
                                        most,
                                        id.toUpperCase(Locale.ROOT).replace('-', '_'),
                                        most));
    }

    private void answerWith(List<AnswerEvent> events) {
        link.run(() -> answer.sendAll(events));
        if (!isHandedOver()) {
            answer.whenVerdictsDone(this::close);
        }
    }

    @Override
    protected void sendError(GatewayError error) throws IOException {
        answer.sendError(error);
    }

    @Override
    protected void defect(Throwable thrown) {
        refuse(error(thrown));
    }

    @Override
    public void tick() {
        if (isHandedOver()) {
            return;
        }
        SlowRefusal refused = slow;
        if (refused != null && refused.due() && handover.isPossible()) {
            slow = null;
            gateway.client().threads().execute(() -> handOverSlow(refused));
            return;
        }
        StreamedAnswer open = streaming;
        if (open != null && !link.over() && open.due()) {
            gateway.client().threads().execute(open::settle);
        }
        Duration tooLong = exceededSilence(open);
        if (tooLong != null) {
            stalled = tooLong;
            cancelSoon();
        } else if (answering
                && !link.over()
                && link.nanosSinceWrite() > gateway.settings().ping().toNanos()) {
            gateway.client()
                    .threads()
                    .execute(() -> link.run(() -> {
                        if (!isHandedOver()) {
                            answer.ping();
                        }
                    }));
        }
    }

    /** Returns the limit of silence that the endpoint has exceeded; null if it has not exceeded any. */
    private @Nullable Duration exceededSilence(@Nullable StreamedAnswer open) {
        Duration longest = link.over() ? MAX_LINGER : maxSilence();
        if (silence().compareTo(longest) > 0) {
            return longest;
        }
        boolean onlyKeptAlive =
                open != null && open.idle() > gateway.settings().answer().toNanos();
        return onlyKeptAlive ? gateway.settings().answer() : null;
    }

    private @Nullable GatewayError stalledError() {
        Duration after = stalled;
        if (after == null) {
            return null;
        }
        return headed()
                ? EndpointErrors.stalled(session.provider(), after)
                : EndpointErrors.timedOut(session.provider());
    }
}
