package dev.katra.mcp.gateway.failure;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error as a Messages API client understands it.
 *
 * @param type the vendor's name for this kind of error
 * @param message for the person in front of the client
 * @param headers what the client reads besides, such as whether to try again
 */
public record GatewayError(int status, String type, String message, Map<String, String> headers) {

    public GatewayError {
        headers = Map.copyOf(headers);
    }

    /** An error without headers. */
    public static GatewayError of(int status, String type, String message) {
        return new GatewayError(status, type, message, Map.of());
    }

    /** An error that trying again does not mend; the client gives up at once. */
    public static GatewayError lasting(int status, String type, String message) {
        return new GatewayError(status, type, message, Map.of("x-should-retry", "false"));
    }

    /** The body of an answer with this error. */
    public ObjectNode envelope(String requestId) {
        return event().put("request_id", requestId);
    }

    /** The data of an error event in a stream. */
    public ObjectNode event() {
        ObjectNode node = JsonMapper.shared().createObjectNode().put("type", "error");
        node.putObject("error").put("type", type).put("message", message);
        return node;
    }
}
