package dev.katra.gateway.http;

import dev.katra.core.usage.Purpose;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.codec.EncodedRequest;
import dev.katra.gateway.judge.VerdictParser;
import dev.katra.gateway.permission.Verdict;
import dev.katra.gateway.request.RequestReader;
import dev.katra.gateway.upstream.Target;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a model at a session's own endpoint for a verdict, in the endpoint's format and with the key of the request. */
final class JudgeModel {

    private static final Logger LOG = LoggerFactory.getLogger(JudgeModel.class);
    private static final String MESSAGES = "/v1/messages";

    private final GatewayContext gateway;
    private final SessionUpstream session;
    private final RequestKey credential;
    private final Map<String, String> headers;
    private final Target described;

    /**
     * Creates a judge that asks this model.
     *
     * @param headers the headers that an endpoint of the client's own format gets, the key included
     */
    JudgeModel(
            GatewayContext gateway,
            SessionUpstream session,
            String model,
            RequestKey credential,
            Map<String, String> headers) {
        this.gateway = gateway;
        this.session = session;
        this.credential = credential;
        this.headers = Map.copyOf(headers);
        this.described = session.targetNamed(model);
    }

    /** Returns the model's name. */
    String name() {
        return described.model();
    }

    /** Returns the verdict on this question; empty if there was none in time. The future never fails. */
    CompletableFuture<Optional<Verdict>> ask(ObjectNode question) {
        var counting = new UsageMeter(gateway.usage(), session, name(), Purpose.JUDGEMENT, null);
        CompletableFuture<Optional<Verdict>> verdict;
        try {
            verdict = session.passesThrough()
                    ? messages(question.put("stream", false), counting, true)
                    : translated(
                            new AdaptiveRequest(
                                    gateway,
                                    session,
                                    described,
                                    RequestReader.read(question),
                                    new LazyTokenEstimate(question)),
                            counting);
        } catch (RuntimeException e) {
            verdict = CompletableFuture.failedFuture(e);
        }
        return verdict.handle((found, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "{} at {} could not judge: {}",
                        name(),
                        session.provider().id(),
                        failure.toString());
                counting.noteFailure();
            }
            counting.report();
            return failure == null ? found : Optional.empty();
        });
    }

    private CompletableFuture<Optional<Verdict>> translated(AdaptiveRequest form, UsageMeter counting) {
        EncodedRequest encoded = form.encode();
        HttpRequest.Builder to = request(encoded.path(), encoded.body());
        if (credential
                .addTo(to, session.upstream().key().header(), session.provider())
                .isPresent()) {
            throw new IllegalStateException("no key came with the request");
        }
        return send(to, encoded.path(), encoded.body()).thenCompose(answer -> {
            if (answer.status() >= 400
                    && form.learnFrom(
                            AdaptiveRequest.errorResponse(answer.status(), answer.headers(), answer.text()))) {
                return translated(form, counting);
            }
            JsonNode json = answer.json();
            form.confirmLearned();
            List<AnswerEvent> events = form.codec().whole(json, form.target(), encoded.names());
            var text = new StringBuilder();
            for (AnswerEvent event : events) {
                if (event instanceof AnswerEvent.TextDelta delta) {
                    text.append(delta.text());
                } else if (event instanceof AnswerEvent.Finished finished) {
                    counting.setUsage(finished.usage());
                }
            }
            return CompletableFuture.completedFuture(verdict(text.toString()));
        });
    }

    /** Asks without thinking, and once more with the endpoint's default if it does not take that. */
    private CompletableFuture<Optional<Verdict>> messages(
            ObjectNode question, UsageMeter counting, boolean withoutThinking) {
        ObjectNode body = question.deepCopy();
        if (withoutThinking) {
            body.putObject("thinking").put("type", "disabled");
        }
        HttpRequest.Builder to = request(MESSAGES, body);
        headers.forEach(to::setHeader);
        return send(to, MESSAGES, body).thenCompose(answer -> {
            if (withoutThinking && (answer.status() == 400 || answer.status() == 422)) {
                return messages(question, counting, false);
            }
            JsonNode json = answer.json();
            JsonNode usage = json.path("usage");
            counting.setUsage(new TokenUsage(
                    tokens(usage, "input_tokens"),
                    tokens(usage, "cache_read_input_tokens"),
                    tokens(usage, "cache_creation_input_tokens"),
                    tokens(usage, "output_tokens")));
            var text = new StringBuilder();
            for (JsonNode block : json.path("content")) {
                text.append(block.path("text").asString(""));
            }
            return CompletableFuture.completedFuture(verdict(text.toString()));
        });
    }

    private HttpRequest.Builder request(String path, ObjectNode body) {
        return gateway.client()
                .request(session.provider().url() + path)
                .orElseThrow(() -> new IllegalStateException("nothing can be sent to the endpoint"))
                .timeout(gateway.settings().judge())
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private CompletableFuture<WholeAnswer> send(HttpRequest.Builder to, String path, ObjectNode body) {
        Trace trace = gateway.trace(session, credential);
        trace.upstreamRequest(path, body.toString().getBytes(StandardCharsets.UTF_8));
        CompletableFuture<HttpResponse<WholeAnswer>> sent = gateway.client().send(to.build(), WholeAnswer::receive);
        // The request's own limit ends with the head of the answer.
        CompletableFuture.delayedExecutor(gateway.settings().judge().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> sent.cancel(true));
        return sent.whenComplete((answer, failure) -> {
                    if (answer != null) {
                        byte[] bytes = answer.body().text().getBytes(StandardCharsets.UTF_8);
                        trace.upstreamStatus(answer.statusCode());
                        trace.upstreamBytes(bytes, bytes.length);
                    }
                    trace.over();
                })
                .thenApply(HttpResponse::body);
    }

    private static Optional<Verdict> verdict(String text) {
        Optional<Verdict> verdict = VerdictParser.read(text);
        if (verdict.isEmpty()) {
            throw new IllegalStateException("it answered neither allow nor block");
        }
        return verdict;
    }

    private static long tokens(JsonNode usage, String name) {
        return Math.max(0, usage.path(name).asLong(0));
    }
}
