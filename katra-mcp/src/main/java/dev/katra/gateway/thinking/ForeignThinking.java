package dev.katra.gateway.thinking;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes thinking that the vendor's own endpoint would refuse because it did not sign it. */
public final class ForeignThinking {

    private ForeignThinking() {}

    /** Returns the request without thinking blocks that Katra signed; the very same tree if there are none. */
    public static JsonNode removed(JsonNode request) {
        if (!(request instanceof ObjectNode body) || !present(body)) {
            return request;
        }
        ObjectNode copy = body.deepCopy();
        ArrayNode kept = JsonMapper.shared().createArrayNode();
        for (JsonNode message : copy.path("messages")) {
            if (message instanceof ObjectNode turn && turn.path("content") instanceof ArrayNode content) {
                content.values().removeIf(ForeignThinking::foreign);
            }
            if (!message.path("content").isArray() || !message.path("content").isEmpty()) {
                kept.add(message);
            }
        }
        copy.set("messages", kept);
        return copy;
    }

    private static boolean present(JsonNode body) {
        for (JsonNode message : body.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (foreign(block)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean foreign(JsonNode block) {
        return block.path("type").asString("").equals("thinking")
                && ThinkingSignature.own(block.path("signature").asString(""));
    }
}
