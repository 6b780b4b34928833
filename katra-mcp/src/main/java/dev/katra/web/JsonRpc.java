package dev.katra.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the errors of JSON-RPC 2.0, with the codes of its specification (section 5.1). */
public final class JsonRpc {

    /** The code of a message that is not JSON. */
    public static final int PARSE_ERROR = -32700;

    /** The code of JSON that is not a request. */
    public static final int INVALID_REQUEST = -32600;

    /** The code of parameters of the wrong kind. */
    public static final int INVALID_PARAMS = -32602;

    /** The code of a fault inside the server. */
    public static final int INTERNAL_ERROR = -32603;

    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonRpc() {}

    /**
     * Returns the answer that says what is wrong with a request.
     *
     * @param id the request's; a JSON null where it has none that can be read
     */
    public static JsonNode error(JsonNode id, int code, String message) {
        var answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }
}
