package dev.katra.gateway.messages;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces the documents in a request of the client's own format, for endpoints that take none. */
public final class DocumentBlocks {

    private static final String TYPE = "document";
    private static final String UNNAMED = "document.pdf";

    private DocumentBlocks() {}

    /** Returns whether a request holds a document. */
    public static boolean areIn(JsonNode request) {
        for (JsonNode message : request.path("messages")) {
            for (JsonNode block : message.path("content")) {
                if (isDocument(block)) {
                    return true;
                }
                for (JsonNode inner : block.path("content")) {
                    if (isDocument(inner)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * Replaces the documents by texts: their own text if they are text, otherwise a note that they were left out.
     *
     * @return the names of those left out, each once
     */
    public static Set<String> replace(ObjectNode request, String model) {
        Set<String> omitted = new LinkedHashSet<>();
        for (JsonNode message : request.path("messages")) {
            replaceIn(message.path("content"), model, omitted);
            for (JsonNode block : message.path("content")) {
                replaceIn(block.path("content"), model, omitted);
            }
        }
        return omitted;
    }

    /** Returns the note that stands in place of a document that the model does not get. */
    public static String omissionNote(String name, String model) {
        return "[document %s omitted: unsupported by %s; nothing of it has been read, so get its text by a tool or say so]"
                .formatted(name, model);
    }

    private static void replaceIn(JsonNode content, String model, Set<String> omitted) {
        if (content instanceof ArrayNode blocks) {
            for (int i = 0; i < blocks.size(); i++) {
                if (isDocument(blocks.get(i))) {
                    blocks.set(i, text(blocks.get(i), model, omitted));
                }
            }
        }
    }

    private static ObjectNode text(JsonNode document, String model, Set<String> omitted) {
        ObjectNode block = JsonMapper.shared().createObjectNode().put("type", "text");
        JsonNode source = document.path("source");
        if (source.path("type").asString("").equals("text")) {
            return block.put("text", source.path("data").asString(""));
        }
        String name = document.path("title").asString(UNNAMED);
        omitted.add(name);
        return block.put("text", omissionNote(name, model));
    }

    private static boolean isDocument(JsonNode block) {
        return block.path("type").asString("").equals(TYPE);
    }
}
