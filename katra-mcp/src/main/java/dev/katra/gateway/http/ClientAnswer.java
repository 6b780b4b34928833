package dev.katra.gateway.http;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.permission.SafeguardCheck;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.stream.AnthropicMessage;
import dev.katra.gateway.stream.AnthropicStream;
import dev.katra.gateway.stream.MessageHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Writes the answer to one client, as a stream or whole, as the client asked. All of it must be called under
 * {@link ClientLink#run}.
 */
final class ClientAnswer {

    private final boolean streamed;
    private final String model;
    private final LazyTokenEstimate estimate;
    private final ClientLink link;
    private final UsageMeter counting;
    private final Trace trace;
    private final @Nullable CallJudgement judging;
    private final Handover handover;
    private final Predicate<GatewayError> handsOver;
    private final StringBuilder out = new StringBuilder();
    private @Nullable AnthropicStream begun;
    private boolean handedOver;
    private volatile @Nullable CompletableFuture<?> verdicts;

    private ClientAnswer(
            MessagesRequest request,
            LazyTokenEstimate estimate,
            ClientLink link,
            UsageMeter counting,
            Trace trace,
            @Nullable CallJudgement judging,
            Handover handover,
            Predicate<GatewayError> handsOver) {
        this.streamed = request.stream();
        this.model = request.model();
        this.estimate = estimate;
        this.link = link;
        this.counting = counting;
        this.trace = trace;
        this.judging = judging;
        this.handover = handover;
        this.handsOver = handsOver;
        counting.setPrompt(estimate);
    }

    /**
     * Returns the answer to a request.
     *
     * @param handsOver returns whether the request goes to another endpoint because of an error that nothing went before
     */
    static ClientAnswer to(
            MessagesRequest request,
            LazyTokenEstimate estimate,
            ClientLink link,
            UsageMeter counting,
            Trace trace,
            @Nullable CallJudgement judging,
            Handover handover,
            Predicate<GatewayError> handsOver) {
        return new ClientAnswer(request, estimate, link, counting, trace, judging, handover, handsOver);
    }

    /** Takes an event of a stream. An answer that fails before it has begun becomes an error status. */
    void accept(AnswerEvent event) throws IOException {
        if (!handedOver) {
            take(counted(event));
        }
    }

    private void take(AnswerEvent event) throws IOException {
        if (event instanceof AnswerEvent.Failed failed) {
            counting.noteFailure();
            if (!link.committed()) {
                fail(failed.error());
                return;
            }
        } else if (event instanceof AnswerEvent.Started && handover.isPossible() && !link.committed()) {
            return; // what begins may fail yet
        } else {
            handover.answered();
        }
        if (event instanceof AnswerEvent.TextDelta
                || event instanceof AnswerEvent.ThinkingDelta
                || event instanceof AnswerEvent.ToolStarted) {
            counting.noteFirstToken();
        }
        begin();
        if (judging != null && event instanceof AnswerEvent.Finished finished) {
            whenJudged(judging, results -> {
                stream().setVerdicts(results);
                out.append(stream().accept(finished));
                flush();
            });
            return;
        }
        if (judging != null) {
            judging.event(event);
        }
        out.append(stream().accept(event));
    }

    /**
     * Counts the text of the event and returns the event, with an estimate of the usage where the endpoint does not
     * report it.
     */
    private AnswerEvent counted(AnswerEvent event) {
        if (event instanceof AnswerEvent.TextDelta text) {
            counting.addOutput(text.text());
        } else if (event instanceof AnswerEvent.ThinkingDelta thought) {
            counting.addOutput(thought.text());
        } else if (event instanceof AnswerEvent.ToolArguments arguments) {
            counting.addOutput(arguments.json());
        } else if (event instanceof AnswerEvent.Finished finished) {
            return new AnswerEvent.Finished(
                    finished.reason(), counting.complete(finished.usage()), finished.stopSequence());
        }
        return event;
    }

    /** Writes the verdicts at the end of an answer. */
    private interface VerdictWriter {
        void with(ArrayNode results) throws IOException;
    }

    /** Ends the answer once there are verdicts on its calls. */
    private void whenJudged(CallJudgement judge, VerdictWriter ending) {
        verdicts = judge.results()
                .thenAccept(results -> link.run(() -> {
                    ending.with(results);
                    link.end();
                }));
    }

    /** Returns whether the end of the answer waits for verdicts, or has waited. */
    boolean awaitsVerdicts() {
        return verdicts != null;
    }

    /** Runs this as soon as the answer does not wait for verdicts any more. */
    void whenVerdictsDone(Runnable next) {
        CompletableFuture<?> waiting = verdicts;
        if (waiting == null) {
            next.run();
        } else {
            var unused = waiting.whenComplete((done, failure) -> next.run());
        }
    }

    /** Sends what has been collected. */
    void flush() throws IOException {
        if (!out.isEmpty() && !link.over()) {
            byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
            out.setLength(0);
            trace.answerBytes(bytes);
            link.write(bytes, 0, bytes.length);
        }
    }

    /** Returns whether nothing more will be sent. */
    boolean over() {
        return complete() || link.over();
    }

    /** Returns whether the client has got the whole answer, or the error that it ends with. */
    boolean complete() {
        return begun != null && begun.over();
    }

    /** Answers with all the events of a finished answer, and ends. */
    void sendAll(List<AnswerEvent> events) throws IOException {
        if (streamed) {
            for (AnswerEvent event : events) {
                if (!link.over()) {
                    accept(event);
                }
            }
            flush();
            if (!awaitsVerdicts() && !handedOver) {
                link.end();
            }
            return;
        }
        List<AnswerEvent> told = events.stream().map(this::counted).toList();
        AnthropicMessage message = AnthropicMessage.of(head(), told);
        Optional<GatewayError> error = message.error();
        if (error.isPresent()) {
            fail(error.get());
            return;
        }
        handover.answered();
        if (judging == null) {
            send(message.json());
            link.end();
            return;
        }
        events.forEach(judging::event);
        whenJudged(judging, results -> send(message.json().set(SafeguardCheck.RESULTS, results)));
    }

    private void send(JsonNode message) throws IOException {
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        link.begin(200, MediaType.APPLICATION_JSON_VALUE);
        trace.answerBytes(body);
        link.write(body, 0, body.length);
    }

    /** Tells the client that the request is still alive, and begins the answer if need be. */
    void ping() throws IOException {
        if (!complete()) {
            begin();
            out.append(stream().begin()).append(AnthropicStream.ping());
            flush();
        }
    }

    /** Ends with an error of the endpoint, unless the request is handed over because nothing went before the error. */
    void fail(GatewayError error) throws IOException {
        if (!link.committed() && handsOver.test(error)) {
            handedOver = true;
        } else {
            sendError(error);
        }
    }

    /** Returns whether another endpoint answers the request now, so that nothing more may be written here. */
    boolean isHandedOver() {
        return handedOver;
    }

    /** Ends with an error: as the answer's status, or as an event if the answer has begun. */
    void sendError(GatewayError error) throws IOException {
        counting.noteFailure();
        if (!link.committed()) {
            trace.answerBytes(error.envelope(link.requestId()).toString().getBytes(StandardCharsets.UTF_8));
            link.sendError(error);
        } else {
            out.append(stream().accept(new AnswerEvent.Failed(error)));
            flush();
            link.end();
        }
    }

    private AnthropicStream stream() {
        AnthropicStream stream = begun == null ? new AnthropicStream(head()) : begun;
        begun = stream;
        return stream;
    }

    private MessageHead head() {
        return new MessageHead(model, estimate.tokens());
    }

    private void begin() {
        if (!link.committed()) {
            link.begin(200, MediaType.TEXT_EVENT_STREAM_VALUE);
        }
    }
}
