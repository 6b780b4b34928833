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
import dev.katra.mcp.gateway.upstream.Target;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

    private final GatewaySettings settings;
    private final UpstreamClient client;
    private final SessionUpstreams upstreams;
    private final SessionUpstream session;
    private final Codec codec;
    private final MessagesRequest request;
    private final long estimate;
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
            long estimate,
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
        Optional<List<AnswerEvent>> local = LocalAnswers.of(request, target);
        if (local.isPresent()) {
            answerWith(local.get());
        } else {
            send();
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
        HttpRequest.Builder to = client.request(session.provider().url() + encoded.path())
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
        Incoming incoming = new Incoming(encoded);
        CompletableFuture<HttpResponse<Intake.End>> sent = client.send(to.build(), incoming);
        exchange = sent;
        var unused = sent.whenComplete((response, failure) -> {
            try {
                incoming.over(response, failure);
            } catch (RuntimeException e) {
                defect(e);
            }
        });
        if (link.lost()) {
            sent.cancel(true); // the client left before there was anything to cancel
        }
    }

    /** What comes back for one sending. */
    private final class Incoming implements HttpResponse.BodyHandler<Intake.End> {

        private final Encoded encoded;
        private final Collected collected = new Collected();
        private @Nullable StreamedAnswer streamed;

        private Incoming(Encoded encoded) {
            this.encoded = encoded;
        }

        @Override
        public HttpResponse.BodySubscriber<Intake.End> apply(HttpResponse.ResponseInfo info) {
            lastBytes = System.nanoTime();
            trace.upstreamStatus(info.statusCode());
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
            StreamedAnswer pieces = new StreamedAnswer(codec, target, encoded.names(), answer, link);
            streamed = pieces;
            answering = true;
            return new Intake((bytes, length) -> {
                lastBytes = System.nanoTime();
                trace.upstreamBytes(bytes, length);
                return pieces.take(bytes, length);
            });
        }

        private void over(@Nullable HttpResponse<Intake.End> response, @Nullable Throwable failure) {
            Throwable reason = response == null ? failure : response.body().reason();
            if (link.over()) {
                counting.over();
                trace.over();
            } else if (streamed != null) {
                if (reason != null && !stalled) {
                    UpstreamClient.log(reason, session.provider(), link.requestId());
                }
                streamed.end(session.provider(), stalled);
                counting.over();
                trace.over();
            } else if (response == null && !stalled && !again && UpstreamClient.staleConnection(failure)) {
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

        private void whole() {
            JsonNode json = collected.json();
            if (collected.blank()) {
                refuse(Outage.empty(session.provider()));
            } else if (collected.html()) {
                refuse(Outage.html(session.provider(), 200));
            } else if (json == null) {
                refuse(Outage.incomprehensible(session.provider()));
            } else {
                answerWith(codec.whole(json, target, encoded.names()));
            }
        }

        private void refused(HttpResponse<?> response) {
            if (response.statusCode() / 100 == 3) {
                refuse(Redirect.error(session.provider(), response));
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
                upstreams.learned(described, lesson.get());
                send();
            } else if (Lesson.outputLimitReached(refusal)) {
                answerWith(LocalAnswers.outputLimit());
            } else {
                refuse(ErrorTranslation.of(refusal, target, estimate));
            }
        }
    }

    private void answerWith(List<AnswerEvent> events) {
        link.run(() -> answer.whole(events));
        over();
    }

    private void refuse(GatewayError error) {
        counting.failed();
        link.run(() -> answer.refuse(error));
        over();
    }

    private void defect(RuntimeException e) {
        LOG.error("the request {} failed", link.requestId(), e);
        refuse(Outage.defect(link.requestId()));
    }

    private void over() {
        counting.over();
        trace.over();
    }

    @Override
    public void gone() {
        CompletableFuture<?> running = exchange;
        if (running != null) {
            running.cancel(true);
        }
        over();
    }

    @Override
    public void tick() {
        if (System.nanoTime() - lastBytes > settings.answer().toNanos()) {
            stalled = true;
            CompletableFuture<?> running = exchange;
            if (running != null) {
                running.cancel(true);
            }
        } else if (answering && link.silence() > settings.ping().toNanos()) {
            client.threads().execute(() -> link.run(answer::ping));
        }
    }
}
