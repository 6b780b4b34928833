package dev.katra.gateway.failure;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A GatewayError is an error as a Messages API client understands it.
 *
 * @param type the vendor's name for this kind of error
 * @param message the message for the person at the client; text that looks like a key is removed
 * @param headers further headers that the client reads, such as whether to try again
 */
public record GatewayError(int status, String type, String message, Map<String, String> headers) {

    public GatewayError {
        headers = Map.copyOf(headers);
        message = Redaction.redact(message);
    }

    /** Returns an error without headers. */
    public static GatewayError of(int status, String type, String message) {
        return new GatewayError(status, type, message, Map.of());
    }

    /** Returns an error that trying again does not mend; the client gives up at once. */
    public static GatewayError permanent(int status, String type, String message) {
        return new GatewayError(status, type, message, Map.of("x-should-retry", "false"));
    }

    /** Returns the body of an answer with this error. */
    public ObjectNode envelope(String requestId) {
        return event().put("request_id", requestId);
    }

    /** Returns the data of an error event in a stream. */
    public ObjectNode event() {
        ObjectNode node = JsonMapper.shared().createObjectNode().put("type", "error");
        node.putObject("error").put("type", type).put("message", message);
        return node;
    }
}
