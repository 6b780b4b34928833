package dev.katra.gateway.stream;

import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A MessageHead holds what a message says before its content. Each message gets a new id: endpoints give the same id to
 * many answers, and a client joins all messages with the same id.
 *
 * @param model the client's name for the model that it asked for
 * @param inputTokens the estimated number of input tokens, until the endpoint reports it
 */
public record MessageHead(String model, long inputTokens) {

    /** Returns the message without content, under a new id. */
    ObjectNode json() {
        ObjectNode message = JsonMapper.shared()
                .createObjectNode()
                .put("id", "msg_" + UUID.randomUUID().toString().replace("-", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        return message;
    }
}
