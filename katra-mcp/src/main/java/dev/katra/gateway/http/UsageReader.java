package dev.katra.gateway.http;

import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.stream.JsonEventReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the usage from an answer in the client's own format while it is passed through. */
final class UsageReader {

    private static final List<String> PIECES = List.of("text", "thinking", "partial_json");

    private final UsageMeter counting;
    private BodyReader.Receiver plain = this::plain;
    private @Nullable JsonEventReader events;
    private @Nullable BufferedBody whole;
    private TokenUsage used = TokenUsage.NONE;
    private boolean answered;

    UsageReader(UsageMeter counting) {
        this.counting = counting;
    }

    /** Prepares for an answer of this content type and encoding. */
    void begin(String contentType, String encoding) {
        plain = BodyDecompressor.of(encoding, this::plain);
        if (contentType.contains("event-stream")) {
            events = new JsonEventReader(this::event, () -> {});
        } else if (contentType.contains("json")) {
            whole = new BufferedBody();
        }
    }

    void take(byte[] bytes, int length) {
        try {
            plain.take(bytes, length);
        } catch (RuntimeException e) {
            events = null; // too large, or not an answer; it is passed on all the same
            whole = null;
        }
    }

    private boolean plain(byte[] bytes, int length) {
        if (events != null) {
            events.push(bytes, 0, length);
        } else if (whole != null) {
            whole.take(bytes, length);
        }
        return true;
    }

    /** Ends the answer; what it did not report is estimated. */
    void end() {
        if (events != null) {
            events.end();
        }
        JsonNode json = whole == null ? null : whole.json();
        if (json != null && json.path("usage").isObject()) {
            add(json.path("usage"));
        }
        if (json != null && json.path("content").isArray()) {
            answered = true;
            json.path("content").forEach(this::addText);
        }
        if (answered) {
            counting.completeAnswer();
        }
    }

    private void event(JsonNode event) {
        switch (event.path("type").asString("")) {
            case "message_start" -> {
                answered = true;
                add(event.path("message").path("usage"));
            }
            case "message_delta" -> add(event.path("usage"));
            case "content_block_delta" -> {
                answered = true;
                counting.noteFirstToken();
                addText(event.path("delta"));
            }
            case "error" -> counting.noteFailure();
            default -> {}
        }
    }

    private void addText(JsonNode piece) {
        PIECES.forEach(field -> counting.addOutput(piece.path(field).asString("")));
        if (!piece.path("input").isEmpty()) {
            counting.addOutput(piece.path("input").toString());
        }
    }

    /**
     * Takes a report of usage. Each report is of the whole answer so far; what a later one leaves out keeps its value.
     */
    private void add(JsonNode usage) {
        used = new TokenUsage(
                number(usage, "input_tokens", used.input()),
                number(usage, "cache_read_input_tokens", used.cacheRead()),
                number(usage, "cache_creation_input_tokens", used.cacheWrite()),
                number(usage, "output_tokens", used.output()));
        counting.setUsage(used); // at once: the client may interrupt the answer
    }

    private static long number(JsonNode usage, String name, long before) {
        return usage.path(name).isNumber() ? Math.max(0, usage.path(name).asLong(before)) : before;
    }
}
