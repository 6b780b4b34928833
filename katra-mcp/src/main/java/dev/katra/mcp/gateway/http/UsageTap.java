package dev.katra.mcp.gateway.http;

import dev.katra.mcp.gateway.answer.Usage;
import dev.katra.mcp.gateway.stream.JsonEvents;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads, beside an answer in the client's own format that passes through, what the answer says it has used. */
final class UsageTap {

    private final Counting counting;
    private @Nullable JsonEvents events;
    private @Nullable Collected whole;
    private Usage used = Usage.NONE;

    UsageTap(Counting counting) {
        this.counting = counting;
    }

    /** Prepares for an answer of this type. */
    void of(String contentType) {
        if (contentType.contains("event-stream")) {
            events = new JsonEvents(this::event, () -> {});
        } else if (contentType.contains("json")) {
            whole = new Collected();
        }
    }

    void take(byte[] bytes, int length) {
        try {
            if (events != null) {
                events.push(bytes, 0, length);
            } else if (whole != null) {
                whole.take(bytes, length);
            }
        } catch (RuntimeException e) {
            events = null; // too large or no answer; it still goes through, uncounted
            whole = null;
        }
    }

    void end() {
        if (events != null) {
            events.end();
        }
        JsonNode json = whole == null ? null : whole.json();
        if (json != null && json.path("usage").isObject()) {
            add(json.path("usage"));
        }
    }

    private void event(JsonNode event) {
        switch (event.path("type").asString("")) {
            case "message_start" -> add(event.path("message").path("usage"));
            case "message_delta" -> add(event.path("usage"));
            case "content_block_delta" -> counting.token();
            case "error" -> counting.failed();
            default -> {}
        }
    }

    /** Every report is of the whole answer so far; what a later one leaves out stays. */
    private void add(JsonNode usage) {
        used = new Usage(
                number(usage, "input_tokens", used.input()),
                number(usage, "cache_read_input_tokens", used.cacheRead()),
                number(usage, "cache_creation_input_tokens", used.cacheWrite()),
                number(usage, "output_tokens", used.output()));
        counting.used(used); // at once: the client may interrupt the answer
    }

    private static long number(JsonNode usage, String name, long before) {
        return usage.path(name).isNumber() ? Math.max(0, usage.path(name).asLong(before)) : before;
    }
}
