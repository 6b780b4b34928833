package dev.katra.gateway.http;

import dev.katra.gateway.permission.SafeguardCheck;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads an answer in the client's own format event by event, and keeps all of its bytes. If the endpoint sends verdicts
 * on the calls itself, the answer stays as it is; if not, its last events are held back until there are verdicts.
 */
final class JudgedEventStream {

    private final CallJudgement judging;
    private final EventBytes event = new EventBytes();
    private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
    private @Nullable ObjectNode last;
    private boolean judgedByEndpoint;
    private boolean judged;

    JudgedEventStream(CallJudgement judging) {
        this.judging = judging;
    }

    /**
     * Takes the next bytes; returns the bytes that may go on to the client.
     *
     * @throws IllegalStateException if one event, or what must be held back, is too large
     */
    byte[] take(byte[] bytes, int length) {
        if (event.size() + heldBack.size() + length > BufferedBody.MAX_BYTES) {
            throw new IllegalStateException("an answer holds back more than " + BufferedBody.MAX_BYTES + " bytes");
        }
        var out = new ByteArrayOutputStream();
        event.take(bytes, length, whole -> complete(whole, out));
        return out.toByteArray();
    }

    /** Ends the answer, because the endpoint has; returns the bytes that may go on to the client. */
    byte[] end() {
        var out = new ByteArrayOutputStream();
        complete(event.rest(), out);
        return out.toByteArray();
    }

    /** Returns whether the endpoint itself has sent verdicts on the calls. */
    boolean judgedByEndpoint() {
        return judgedByEndpoint;
    }

    /** Returns whether the last events are held back until there are verdicts. */
    boolean awaitsVerdicts() {
        return last != null;
    }

    /** Returns the last events with these verdicts. What follows is not held back. */
    byte[] release(ArrayNode verdicts) {
        ObjectNode node = last;
        if (node == null) {
            return new byte[0];
        }
        ((ObjectNode) node.path("delta")).set(SafeguardCheck.RESULTS, verdicts);
        var out = new ByteArrayOutputStream();
        out.writeBytes(("event: message_delta\ndata: " + node + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(heldBack.toByteArray());
        heldBack.reset();
        last = null;
        judged = true;
        return out.toByteArray();
    }

    private void complete(byte[] whole, ByteArrayOutputStream out) {
        if (last != null) {
            heldBack.writeBytes(whole);
            return;
        }
        JsonNode node = json(new String(whole, StandardCharsets.UTF_8));
        if (node != null && node.path("type").asString("").equals("message_delta") && isLast(node)) {
            last = (ObjectNode) node;
            return;
        }
        if (node != null) {
            readCall(node);
        }
        out.writeBytes(whole);
    }

    private boolean isLast(JsonNode node) {
        JsonNode delta = node.path("delta");
        judgedByEndpoint |= delta.has(SafeguardCheck.RESULTS);
        return !judgedByEndpoint
                && !judged
                && delta.isObject()
                && delta.path("stop_reason").isString();
    }

    private void readCall(JsonNode node) {
        int index = node.path("index").asInt(-1);
        JsonNode block = node.path("content_block");
        switch (node.path("type").asString("")) {
            case "content_block_start" -> {
                if (block.path("type").asString("").equals("tool_use")) {
                    judging.started(
                            index,
                            block.path("id").asString(""),
                            block.path("name").asString(""));
                    if (!block.path("input").isEmpty()) {
                        judging.arguments(index, block.path("input").toString());
                    }
                }
            }
            case "content_block_delta" ->
                judging.arguments(index, node.path("delta").path("partial_json").asString(""));
            case "content_block_stop" -> judging.ended(index);
            default -> {}
        }
    }

    private static @Nullable JsonNode json(String text) {
        if (!text.contains("\"message_delta\"") && !text.contains("\"content_block")) {
            return null;
        }
        String data = text.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .collect(Collectors.joining("\n"));
        try {
            JsonNode node = JsonMapper.shared().readTree(data);
            return node.isObject() ? node : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
