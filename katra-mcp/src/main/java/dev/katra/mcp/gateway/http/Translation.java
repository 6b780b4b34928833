package dev.katra.mcp.gateway.http;

import dev.katra.core.upstream.Quirks;
import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.codec.Codec;
import dev.katra.mcp.gateway.codec.Encoded;
import dev.katra.mcp.gateway.codec.LocalAnswers;
import dev.katra.mcp.gateway.failure.ErrorTranslation;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Lesson;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.failure.Refusal;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request that is translated: sent on in the endpoint's format, and its answer brought back in the client's. Before
 * the answer has begun, what goes wrong is an answer with an error status; after that, an error event.
 */
final class Translation implements ClientLink.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Translation.class);
    /** A request is sent again at most this often in a form that the endpoint takes. */
    private static final int LESSONS = 3;
    /** How long an endpoint may keep an answer open that is complete; then its connection is of no further use. */
    private static final Duration LINGERS = Duration.ofSeconds(2);

    private final GatewaySettings settings;
    private final UpstreamClient client;
    private final SessionUpstreams upstreams;
    private final SessionUpstream session;
    private final Codec codec;
    private final MessagesRequest request;
    private final Estimate estimate;
    private final Credential credential;
    private final ClientLink link;
    private final Counting counting;
    private final Trace trace;
    private final Answer answer;
    private final Target described;
    private Target target;
    private int lessons;
    private boolean again;
    private volatile @Nullable CompletableFuture<?> exchange;
    private volatile long lastBytes = System.nanoTime();
    private volatile boolean answering;
    private volatile boolean stalled;

    Translation(
            Gateway gateway,
            SessionUpstream session,
            MessagesRequest request,
            Estimate estimate,
            Credential credential,
            ClientLink link,
            Counting counting,
            Trace trace) {
        this.settings = gateway.settings();
        this.client = gateway.client();
        this.upstreams = gateway.upstreams();
        this.codec = gateway.codec(session);
        this.session = session;
        this.request = request;
        this.estimate = estimate;
        this.credential = credential;
        this.link = link;
        this.counting = counting;
        this.trace = trace;
        this.answer = Answer.to(request, estimate, link, counting, trace);
        this.described = session.target(request.model());
        this.target = upstreams.experienced(described);
    }

    /** Sends the request on. */
    void start() {
        link.open(this);
        try {
            Optional<List<AnswerEvent>> local = LocalAnswers.of(request, target);
            if (local.isPresent()) {
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
        Encoded encoded = codec.encode(request, target);
        if (!encoded.leftOut().isEmpty() && lessons == 0) {
            LOG.info(
                    "{} takes {} tools; left out: {}",
                    session.provider().id(),
                    target.quirks().toolLimit(),
                    String.join(", ", encoded.leftOut()));
        }
        byte[] body = JsonMapper.shared().writeValueAsBytes(encoded.body());
        Optional<HttpRequest.Builder> sendable =
                client.request(session.provider().url() + encoded.path());
        if (sendable.isEmpty()) {
            refuse(Outage.unreachable(session.provider()));
            return;
        }
        HttpRequest.Builder to = sendable.get()
                .header("Content-Type", "application/json")
                .header("Accept", request.stream() ? "text/event-stream, application/json" : "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Optional<GatewayError> noKey = credential.show(to, session.upstream().keyHeader(), session.provider());
        if (noKey.isPresent()) {
            refuse(noKey.get());
            return;
        }
        trace.upstreamRequest(encoded.path(), body);
        lastBytes = System.nanoTime();
        Incoming incoming = new Incoming(encoded.names());
        CompletableFuture<HttpResponse<Intake.End>> sent = client.send(to.build(), incoming);
        exchange = sent;
        var unused = sent.whenComplete((response, failure) -> {
            try {
                incoming.over(response, failure);
            } catch (RuntimeException | OutOfMemoryError e) {
                defect(e);
            }
        });
        if (link.lost()) {
            sent.cancel(true); // the client left before there was anything to cancel
        }
    }

    /** What comes back for one sending. */
    private final class Incoming implements HttpResponse.BodyHandler<Intake.End> {

        private final ToolNames names;
        private final Collected collected = new Collected();
        private @Nullable StreamedAnswer streamed;
        private volatile boolean begun;

        private Incoming(ToolNames names) {
            this.names = names;
        }

        @Override
        public HttpResponse.BodySubscriber<Intake.End> apply(HttpResponse.ResponseInfo info) {
            lastBytes = System.nanoTime();
            begun = true;
            trace.upstreamStatus(info.statusCode());
            if (info.statusCode() / 100 == 2 && lessons > 0) {
                upstreams.learned(described, target.quirks());
            }
            String type = info.headers().firstValue("content-type").orElse("");
            boolean stream = info.statusCode() / 100 == 2
                    && request.stream()
                    && !type.contains("json")
                    && !type.contains("html");
            if (!stream) {
                return new Intake((bytes, length) -> {
                    lastBytes = System.nanoTime();
                    trace.upstreamBytes(bytes, length);
                    return collected.take(bytes, length);
                });
            }
            StreamedAnswer pieces = new StreamedAnswer(codec, target, names, answer, link);
            streamed = pieces;
            answering = true;
            return new Intake((bytes, length) -> {
                lastBytes = System.nanoTime();
                trace.upstreamBytes(bytes, length);
                boolean more = pieces.take(bytes, length);
                if (link.over()) {
                    counting.over(); // what may follow is of no use to anybody
                }
                return more;
            });
        }

        private void over(@Nullable HttpResponse<Intake.End> response, @Nullable Throwable failure) {
            Throwable reason = response == null ? failure : response.body().reason();
            if (link.over()) {
                close();
            } else if (streamed != null) {
                if (reason != null && !stalled) {
                    UpstreamClient.log(reason, session.provider(), link.requestId());
                }
                streamed.end(session.provider(), stalled);
                close();
            } else if (response == null && stale(failure)) {
                again = true;
                send();
            } else if (response == null || reason != null) {
                Throwable thrown = reason == null ? new IllegalStateException("no answer and no reason") : reason;
                GatewayError error = stalled
                        ? Outage.silent(session.provider())
                        : UpstreamClient.error(thrown, session.provider(), link.requestId());
                refuse(error);
            } else if (response.statusCode() / 100 == 2) {
                whole();
            } else {
                refused(response);
            }
        }

        private boolean stale(@Nullable Throwable failure) {
            return !begun && !stalled && !again && UpstreamClient.staleConnection(failure, silence());
        }

        private void whole() {
            JsonNode json = collected.json();
            if (collected.blank()) {
                refuse(Outage.empty(session.provider()));
            } else if (collected.html()) {
                refuse(Outage.html(session.provider(), 200));
            } else if (json == null) {
                refuse(Outage.incomprehensible(session.provider()));
            } else {
                answerWith(codec.whole(json, target, names));
            }
        }

        private void refused(HttpResponse<?> response) {
            if (response.statusCode() / 100 == 3) {
                refuse(Redirect.error(session.provider(), response.headers()));
                return;
            }
            var headers = new TreeMap<String, String>();
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            var refusal =
                    new Refusal(response.statusCode(), Map.copyOf(headers), credential.hiddenIn(collected.text()));
            Optional<Quirks> lesson = Lesson.of(refusal, target.quirks());
            if (lesson.isPresent() && lessons < LESSONS) {
                lessons++;
                target = target.with(lesson.get());
                send();
            } else if (Lesson.outputLimitReached(refusal)) {
                answerWith(LocalAnswers.outputLimit());
            } else {
                refuse(ErrorTranslation.of(refusal, target, estimate.tokens()));
            }
        }
    }

    private void answerWith(List<AnswerEvent> events) {
        link.run(() -> answer.whole(events));
        close();
    }

    private void refuse(GatewayError error) {
        counting.failed();
        link.run(() -> answer.refuse(error));
        close();
    }

    private void defect(Throwable e) {
        refuse(UpstreamClient.error(e, session.provider(), link.requestId()));
    }

    private void close() {
        counting.over();
        trace.over();
        link.close();
    }

    private void cancel() {
        CompletableFuture<?> running = exchange;
        if (running != null) {
            running.cancel(true);
        }
    }

    /** For how long nothing has come from the endpoint. */
    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastBytes);
    }

    @Override
    public void gone() {
        cancel();
        close();
    }

    @Override
    public void tick() {
        if (silence().compareTo(link.over() ? LINGERS : settings.answer()) > 0) {
            stalled = true;
            client.threads().execute(this::cancel);
        } else if (answering && !link.over() && link.silence() > settings.ping().toNanos()) {
            client.threads().execute(() -> link.run(answer::ping));
        }
    }
}
