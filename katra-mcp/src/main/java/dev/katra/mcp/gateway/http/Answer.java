package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.request.MessagesRequest;
import dev.katra.mcp.gateway.stream.AnthropicMessage;
import dev.katra.mcp.gateway.stream.AnthropicStream;
import dev.katra.mcp.gateway.stream.MessageHead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** The answer to one client, as a stream or whole, as it asked. All of it happens under {@link ClientLink#run}. */
final class Answer {

    private final boolean streamed;
    private final String model;
    private final Estimate estimate;
    private final ClientLink link;
    private final Counting counting;
    private final Trace trace;
    private final StringBuilder out = new StringBuilder();
    private @Nullable AnthropicStream begun;

    private Answer(MessagesRequest request, Estimate estimate, ClientLink link, Counting counting, Trace trace) {
        this.streamed = request.stream();
        this.model = request.model();
        this.estimate = estimate;
        this.link = link;
        this.counting = counting;
        this.trace = trace;
    }

    static Answer to(MessagesRequest request, Estimate estimate, ClientLink link, Counting counting, Trace trace) {
        return new Answer(request, estimate, link, counting, trace);
    }

    /** Takes an event of a stream. An answer that fails before it has begun is an error status. */
    void accept(AnswerEvent event) throws IOException {
        if (event instanceof AnswerEvent.Failed failed) {
            counting.failed();
            if (!link.committed()) {
                refuse(failed.error());
                return;
            }
        }
        if (event instanceof AnswerEvent.TextDelta
                || event instanceof AnswerEvent.ThinkingDelta
                || event instanceof AnswerEvent.ToolStarted) {
            counting.token();
        }
        begin();
        out.append(stream().accept(event));
        stream().usage().ifPresent(counting::used);
    }

    /** Sends what has gathered. */
    void flush() throws IOException {
        if (!out.isEmpty() && !link.over()) {
            byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
            out.setLength(0);
            trace.answerBytes(bytes);
            link.write(bytes, 0, bytes.length);
        }
    }

    /** Whether nothing more will come. */
    boolean over() {
        return complete() || link.over();
    }

    /** Whether the client has got the whole answer, or the error that it ends with. */
    boolean complete() {
        return begun != null && begun.over();
    }

    /** Answers with events that are there already, and ends. */
    void whole(List<AnswerEvent> events) throws IOException {
        if (streamed) {
            for (AnswerEvent event : events) {
                if (!link.over()) {
                    accept(event);
                }
            }
            flush();
            link.end();
            return;
        }
        AnthropicMessage message = AnthropicMessage.of(head(), events);
        Optional<GatewayError> error = message.error();
        if (error.isPresent()) {
            counting.failed();
            refuse(error.get());
            return;
        }
        for (AnswerEvent event : events) {
            if (event instanceof AnswerEvent.Finished finished) {
                counting.used(finished.usage());
            }
        }
        byte[] body = message.json().toString().getBytes(StandardCharsets.UTF_8);
        link.begin(200, MediaType.APPLICATION_JSON_VALUE);
        trace.answerBytes(body);
        link.write(body, 0, body.length);
        link.end();
    }

    /** Says that the request lives, and begins the answer if need be. */
    void ping() throws IOException {
        if (!complete()) {
            begin();
            out.append(stream().begin("")).append(AnthropicStream.ping());
            flush();
        }
    }

    /** Ends with an error: as the answer's status, or as an event if the answer has begun. */
    void refuse(GatewayError error) throws IOException {
        if (!link.committed()) {
            trace.answerBytes(error.envelope(link.requestId()).toString().getBytes(StandardCharsets.UTF_8));
            link.refuse(error);
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
