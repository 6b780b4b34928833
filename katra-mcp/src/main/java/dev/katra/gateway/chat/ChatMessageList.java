package dev.katra.gateway.chat;

import dev.katra.gateway.codec.Attachments;
import dev.katra.gateway.codec.BlockTexts;
import dev.katra.gateway.request.Block;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects chat messages. Where the endpoint wants roles to alternate, it joins neighbours of one role. */
final class ChatMessageList {

    private final ArrayNode messages = JsonMapper.shared().createArrayNode();
    private final boolean alternate;

    ChatMessageList(boolean alternate) {
        this.alternate = alternate;
    }

    void add(String role, String text) {
        if (!text.isEmpty()) {
            add(JsonMapper.shared().createObjectNode().put("role", role).put("content", text));
        }
    }

    void add(String role, List<Block> blocks) {
        if (!Attachments.containAttachments(blocks)) {
            add(role, BlockTexts.of(blocks));
            return;
        }
        ObjectNode message = JsonMapper.shared().createObjectNode().put("role", role);
        ArrayNode parts = message.putArray("content");
        for (Block block : blocks) {
            part(block, parts);
        }
        add(message);
    }

    void add(ObjectNode message) {
        JsonNode last = messages.path(messages.size() - 1);
        if (alternate && last instanceof ObjectNode before && joins(before, message)) {
            join(before, message);
        } else {
            messages.add(message);
        }
    }

    /** Returns the messages, at least one of a user or of the model; endpoints refuse a conversation without any. */
    ArrayNode atLeastOne() {
        boolean spoken = messages.valueStream()
                .map(message -> message.path("role").asString(""))
                .anyMatch(role -> role.equals("user") || role.equals("assistant"));
        if (!spoken) {
            add("user", "(no message)");
        }
        return messages;
    }

    private static void part(Block block, ArrayNode parts) {
        if (block instanceof Block.Text text) {
            parts.addObject().put("type", "text").put("text", text.text());
        } else if (block instanceof Block.Image image) {
            parts.addObject().put("type", "image_url").putObject("image_url").put("url", image.url());
        } else if (block instanceof Block.Document document) {
            parts.addObject()
                    .put("type", "file")
                    .putObject("file")
                    .put("filename", document.name())
                    .put("file_data", document.url());
        }
    }

    private static boolean joins(ObjectNode before, ObjectNode message) {
        String role = message.path("role").asString("");
        boolean said = role.equals("user") || role.equals("assistant");
        return said
                && before.path("role").asString("").equals(role)
                && !before.has("tool_calls")
                && !message.has("tool_calls");
    }

    private static void join(ObjectNode before, ObjectNode message) {
        JsonNode first = before.path("content");
        JsonNode second = message.path("content");
        if (first.isString() && second.isString()) {
            before.put("content", first.asString() + "\n\n" + second.asString());
        } else {
            ArrayNode parts = JsonMapper.shared().createArrayNode();
            parts(first, parts);
            parts(second, parts);
            before.set("content", parts);
        }
    }

    private static void parts(JsonNode content, ArrayNode into) {
        if (content.isString()) {
            part(new Block.Text(content.asString()), into);
        } else {
            content.forEach(into::add);
        }
    }
}
