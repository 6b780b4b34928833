package dev.katra.mcp.gateway.stream;

import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a message says before its content.
 *
 * @param model the model that the client asked for, by the client's name
 * @param inputTokens an estimate of what the model reads, for as long as nothing better is known
 */
public record MessageHead(String model, long inputTokens) {

    ObjectNode json(String upstreamId) {
        ObjectNode message = JsonMapper.shared()
                .createObjectNode()
                .put("id", id(upstreamId))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }

    private static String id(String upstreamId) {
        String id = upstreamId.replaceAll("[^a-zA-Z0-9_-]", "");
        return "msg_" + (id.isEmpty() ? UUID.randomUUID().toString().replace("-", "") : id);
    }
}
