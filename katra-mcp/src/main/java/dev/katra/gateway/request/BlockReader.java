package dev.katra.gateway.request;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the content of a turn. An unknown block becomes its own JSON as text, or nothing in an answer. */
final class BlockReader {

    private BlockReader() {}

    static List<Block> read(JsonNode content, Turn.Role role) {
        var blocks = new ArrayList<Block>();
        if (content.isString()) {
            text(content.asString(), blocks);
        }
        if (content.isObject()) {
            block(content, role, blocks);
        } else {
            content.forEach(node -> block(node, role, blocks));
        }
        return blocks;
    }

    private static void block(JsonNode node, Turn.Role role, List<Block> into) {
        switch (node.path("type").asString("")) {
            case "text" -> text(node.path("text").asString(""), into);
            case "image" -> into.add(new Block.Image(url(node.path("source"))));
            case "document" -> document(node, into);
            case "thinking" -> thinking(node, role, into);
            case "redacted_thinking" -> {}
            case "tool_use" -> call(node, role, into);
            case "tool_result" -> result(node, role, into);
            case "tool_reference" ->
                text(
                        "Tool %s is now available."
                                .formatted(node.path("tool_name").asString("")),
                        into);
            case "search_result" -> search(node, into);
            default -> unknown(node, role, into);
        }
    }

    private static void text(String text, List<Block> into) {
        if (!text.isEmpty()) {
            into.add(new Block.Text(text));
        }
    }

    private static String url(JsonNode source) {
        return switch (source.path("type").asString("")) {
            case "base64" ->
                "data:" + source.path("media_type").asString("application/octet-stream") + ";base64,"
                        + source.path("data").asString("");
            case "url" -> source.path("url").asString("");
            default -> "";
        };
    }

    private static void document(JsonNode node, List<Block> into) {
        JsonNode source = node.path("source");
        String type = source.path("type").asString("");
        if (type.equals("text")) {
            text(source.path("data").asString(""), into);
        } else if (type.equals("content")) {
            into.addAll(read(source.path("content"), Turn.Role.USER));
        } else {
            into.add(new Block.Document(node.path("title").asString("document.pdf"), url(source)));
        }
    }

    private static void thinking(JsonNode node, Turn.Role role, List<Block> into) {
        if (role == Turn.Role.ASSISTANT) {
            into.add(new Block.Thinking(
                    node.path("thinking").asString(""), node.path("signature").asString("")));
        }
    }

    private static void call(JsonNode node, Turn.Role role, List<Block> into) {
        if (role == Turn.Role.ASSISTANT) {
            into.add(new Block.ToolUse(
                    node.path("id").asString(""), node.path("name").asString(""), node.path("input")));
        }
    }

    private static void result(JsonNode node, Turn.Role role, List<Block> into) {
        if (role != Turn.Role.ASSISTANT) {
            into.add(new Block.ToolResult(
                    node.path("tool_use_id").asString(""),
                    read(node.path("content"), Turn.Role.USER),
                    node.path("is_error").asBoolean(false)));
        }
    }

    private static void search(JsonNode node, List<Block> into) {
        text(
                "%s %s"
                        .formatted(
                                node.path("title").asString(""),
                                node.path("source").asString(""))
                        .strip(),
                into);
        into.addAll(read(node.path("content"), Turn.Role.USER));
    }

    private static void unknown(JsonNode node, Turn.Role role, List<Block> into) {
        if (node.isString()) {
            text(node.asString(), into);
        } else if (role != Turn.Role.ASSISTANT && node.isObject()) {
            text(node.toString(), into);
        }
    }
}
