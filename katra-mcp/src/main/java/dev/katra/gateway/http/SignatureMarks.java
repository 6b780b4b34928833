package dev.katra.gateway.http;

import dev.katra.gateway.thinking.ThinkingSignature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes into the thinking of an answer in the client's own format who signed it, so that later requests show it to
 * nobody else. Everything else stays as it is.
 */
final class SignatureMarks {

    private static final List<String> FIELDS = List.of("signature", "data");

    private final String maker;
    private final EventBytes event = new EventBytes();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private boolean begun;
    private boolean whole;

    SignatureMarks(String maker) {
        this.maker = maker;
    }

    /**
     * Takes the next bytes; returns the bytes that may go on.
     *
     * @throws IllegalStateException if one event is too large
     */
    byte[] take(byte[] bytes, int length) {
        if (event.size() + body.size() + length > BufferedBody.MAX_BYTES) {
            throw new IllegalStateException("an event has more than " + BufferedBody.MAX_BYTES + " bytes");
        }
        if (!begun && !BufferedBody.blank(bytes, length)) {
            begun = true;
            whole = BufferedBody.json(bytes, length);
            if (whole) {
                body.writeBytes(event.rest()); // blanks before it
            }
        }
        if (whole) {
            body.write(bytes, 0, length);
            return new byte[0];
        }
        var out = new ByteArrayOutputStream();
        event.take(bytes, length, each -> out.writeBytes(markedEvent(each)));
        return out.toByteArray();
    }

    /** Returns the last bytes of an answer that has ended. */
    byte[] end() {
        if (!whole) {
            return markedEvent(event.rest());
        }
        byte[] bytes = body.toByteArray();
        body.reset();
        try {
            JsonNode message = JsonMapper.shared().readTree(bytes);
            message.path("content").forEach(this::mark);
            return message.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            return bytes;
        }
    }

    private byte[] markedEvent(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.contains("\"signature\"") && !text.contains("\"redacted_thinking\"")) {
            return bytes;
        }
        String data = text.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()))
                .collect(Collectors.joining("\n"));
        try {
            JsonNode node = JsonMapper.shared().readTree(data);
            mark(node.path("delta"));
            mark(node.path("content_block"));
            return ("event: " + node.path("type").asString("") + "\ndata: " + node + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            return bytes;
        }
    }

    private void mark(JsonNode holder) {
        boolean thinking = List.of("thinking", "signature_delta", "redacted_thinking")
                .contains(holder.path("type").asString(""));
        if (thinking && holder instanceof ObjectNode object) {
            for (String field : FIELDS) {
                String signature = object.path(field).asString("");
                if (!signature.isEmpty()) {
                    object.put(field, ThinkingSignature.ofVendor(maker, signature));
                }
            }
        }
    }
}
