package dev.katra.gateway.messages;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Folds system turns between the messages into the user's turns, for an endpoint that takes none there. A system turn
 * goes into the turn before it if that is the user's, otherwise into the next; one at the beginning goes into the
 * system prompt. A folded turn keeps its place when the conversation grows, so that caches of its beginning stay valid.
 */
public final class SystemTurns {

    private SystemTurns() {}

    /** Returns the request without system turns, as a copy. */
    public static ObjectNode folded(ObjectNode request) {
        ObjectNode folded = request.deepCopy();
        ArrayNode messages = JsonMapper.shared().createArrayNode();
        List<ObjectNode> waiting = new ArrayList<>();
        for (JsonNode message : request.path("messages")) {
            String role = message.path("role").asString("");
            JsonNode last = messages.isEmpty() ? message : messages.get(messages.size() - 1);
            if (!role.equals("system")) {
                ObjectNode turn = ((ObjectNode) message).deepCopy();
                messages.add(turn);
                if (role.equals("user")) {
                    append(turn, waiting);
                    waiting.clear();
                }
            } else if (messages.isEmpty()) {
                prepend(folded, texts(message.path("content")));
            } else if (last.path("role").asString("").equals("user")) {
                append((ObjectNode) last, reminders(message.path("content")));
            } else {
                waiting.addAll(reminders(message.path("content")));
            }
        }
        if (!waiting.isEmpty()) {
            append(messages.addObject().put("role", "user"), waiting);
        }
        folded.set("messages", messages);
        return folded;
    }

    /** Adds blocks at the end of a turn, because the results of calls must come first. */
    private static void append(ObjectNode turn, List<ObjectNode> blocks) {
        if (!blocks.isEmpty()) {
            ArrayNode content = blocks(turn.path("content"));
            blocks.forEach(content::add);
            turn.set("content", content);
        }
    }

    private static void prepend(ObjectNode request, List<ObjectNode> blocks) {
        if (!blocks.isEmpty()) {
            ArrayNode system = blocks(request.path("system"));
            blocks.forEach(system::add);
            request.set("system", system);
        }
    }

    private static ArrayNode blocks(JsonNode content) {
        if (content instanceof ArrayNode array) {
            return array.deepCopy();
        }
        ArrayNode blocks = JsonMapper.shared().createArrayNode();
        if (content.isString() && !content.asString().isEmpty()) {
            blocks.addObject().put("type", "text").put("text", content.asString());
        }
        return blocks;
    }

    /** Returns the texts of a system turn, marked as the client marks text that is not the person's. */
    private static List<ObjectNode> reminders(JsonNode content) {
        List<ObjectNode> texts = texts(content);
        texts.forEach(block -> block.put(
                "text", "<system-reminder>\n" + block.path("text").asString("").strip() + "\n</system-reminder>"));
        return texts;
    }

    /** Returns the text blocks of a system turn. Its other blocks, such as a new tool, have no form in other turns. */
    private static List<ObjectNode> texts(JsonNode content) {
        List<ObjectNode> texts = new ArrayList<>();
        for (JsonNode block : blocks(content)) {
            if (block.path("type").asString("").equals("text")
                    && !block.path("text").asString("").isBlank()) {
                texts.add((ObjectNode) block);
            }
        }
        return texts;
    }
}
