package dev.katra.mcp.server;

import dev.katra.web.JsonRpc;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/**
 * Reads a message that a client has sent to the MCP endpoint: a JSON-RPC request, or a notification, which has no id.
 * The client never sends an answer, since it is never asked.
 *
 * @param params the parameters, an object; empty if there are none
 */
public record McpMessage(String method, JsonNode id, JsonNode params) {

    private static final String NAME = McpMessage.class.getName();
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Reports a body that is not a valid message. */
    static final class MalformedMessage extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;
        private final transient JsonNode id;

        private MalformedMessage(int code, JsonNode id, String words) {
            super(words);
            this.code = code;
            this.id = id;
        }

        /** Returns the JSON-RPC error that answers the body. */
        JsonNode answer() {
            return JsonRpc.error(id, code, String.valueOf(getMessage()));
        }
    }

    /** Reads a message, as UTF-8 only. */
    static McpMessage read(byte[] body) throws MalformedMessage {
        JsonNode json;
        try {
            json = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException | JacksonException e) {
            throw new MalformedMessage(JsonRpc.PARSE_ERROR, NullNode.getInstance(), "Parse error");
        }
        JsonNode id = json.path("id");
        boolean named = id.isString() || (id.isIntegralNumber() && id.canConvertToLong());
        JsonNode shown = named ? id : NullNode.getInstance();
        if (!json.isObject()
                || !json.path("jsonrpc").equals(JSON.getNodeFactory().stringNode("2.0"))) {
            throw new MalformedMessage(JsonRpc.INVALID_REQUEST, shown, "a message is one JSON-RPC 2.0 object");
        }
        if (!json.path("method").isString()) {
            throw new MalformedMessage(
                    JsonRpc.INVALID_REQUEST, shown, "a message is a request or a notification, with a method");
        }
        if (!id.isMissingNode() && !named) {
            throw new MalformedMessage(
                    JsonRpc.INVALID_REQUEST, shown, "the id of a request is a string or a whole number");
        }
        JsonNode params = json.path("params");
        if (!params.isMissingNode() && !params.isNull() && !params.isObject()) {
            throw new MalformedMessage(JsonRpc.INVALID_REQUEST, shown, "params are an object");
        }
        return new McpMessage(json.path("method").asString(), id, params.isObject() ? params : JSON.createObjectNode());
    }

    /** Returns the message of a request that has come through the filter that reads it. */
    public static McpMessage of(HttpServletRequest request) {
        if (request.getAttribute(NAME) instanceof McpMessage message) {
            return message;
        }
        throw new IllegalStateException("the path " + request.getServletPath() + " is not behind the message filter");
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }

    boolean isNotification() {
        return id.isMissingNode();
    }
}
