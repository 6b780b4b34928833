package dev.katra.gateway.thinking;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Removes thinking that the vendor's own endpoint would refuse because it did not sign it. */
public final class ForeignThinking {

    private static final String REDACTED = "redacted_thinking";

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
        return isThinking(block) && ThinkingSignature.own(signature(block));
    }

    /**
     * Keeps of the thinking in a request only what this maker signed, with the maker's own signature, and removes the
     * rest.
     */
    public static void keepOnly(String maker, ObjectNode request) {
        ArrayNode kept = JsonMapper.shared().createArrayNode();
        for (JsonNode message : request.path("messages")) {
            if (message instanceof ObjectNode turn && turn.path("content") instanceof ArrayNode content) {
                turn.set("content", onlyOf(maker, content));
            }
            if (!message.path("content").isArray() || !message.path("content").isEmpty()) {
                kept.add(message);
            }
        }
        request.set("messages", kept);
    }

    private static ArrayNode onlyOf(String maker, ArrayNode content) {
        ArrayNode kept = JsonMapper.shared().createArrayNode();
        for (JsonNode block : content) {
            if (!isThinking(block)) {
                kept.add(block);
                continue;
            }
            ThinkingSignature.vendor(signature(block), maker)
                    .ifPresent(own -> kept.add(((ObjectNode) block).put(signatureField(block), own)));
        }
        return kept;
    }

    private static boolean isThinking(JsonNode block) {
        String type = block.path("type").asString("");
        return type.equals("thinking") || type.equals(REDACTED);
    }

    private static String signature(JsonNode block) {
        return block.path(signatureField(block)).asString("");
    }

    /** Returns the field in which a block of thinking has its signature; hidden thinking has nothing else. */
    private static String signatureField(JsonNode block) {
        return block.path("type").asString("").equals(REDACTED) ? "data" : "signature";
    }
}
