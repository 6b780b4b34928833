package dev.katra.mcp.gateway.responses;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.codec.Attachments;
import dev.katra.mcp.gateway.codec.Texts;
import dev.katra.mcp.gateway.conversation.Entry;
import dev.katra.mcp.gateway.request.Block;
import dev.katra.mcp.gateway.thinking.Signature;
import dev.katra.mcp.gateway.tool.Arguments;
import dev.katra.mcp.gateway.tool.CallIds;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a conversation as the input items of the Responses API. */
final class ResponsesItems {

    private final Target target;
    private final ToolNames names;
    private final ArrayNode items = JsonMapper.shared().createArrayNode();

    ResponsesItems(Target target, ToolNames names) {
        this.target = target;
        this.names = names;
    }

    ArrayNode of(List<Entry> conversation) {
        for (Entry entry : conversation) {
            if (entry instanceof Entry.Answer answer) {
                answer(answer.blocks());
                results(answer.results());
            } else if (entry instanceof Entry.Said said) {
                said(said);
            }
        }
        if (items.isEmpty()) {
            message("user", List.of(new Block.Text("(no message)")));
        }
        return items;
    }

    private void said(Entry.Said said) {
        List<Block> blocks = taken(said.blocks());
        if (!said.system()) {
            message("user", blocks);
        } else if (target.quirks().has(Quirk.SINGLE_SYSTEM)) {
            message("user", List.of(new Block.Text(Texts.reminder(Texts.of(blocks)))));
        } else {
            message(target.quirks().has(Quirk.DEVELOPER_ROLE) ? "developer" : "system", blocks);
        }
    }

    /** Items stay in the order of the blocks; reasoning goes only before what came of it. */
    private void answer(List<Block> blocks) {
        var reasoning = new ArrayList<ObjectNode>();
        for (Block block : blocks) {
            if (block instanceof Block.Thinking thinking) {
                reasoning(thinking).ifPresent(reasoning::add);
                continue;
            }
            reasoning.forEach(items::add);
            reasoning.clear();
            if (block instanceof Block.Text text) {
                item("message")
                        .put("role", "assistant")
                        .putArray("content")
                        .addObject()
                        .put("type", "output_text")
                        .put("text", text.text());
            } else if (block instanceof Block.ToolUse call) {
                item("function_call")
                        .put("call_id", CallIds.upstream(call.id()))
                        .put("name", names.upstream(call.name()))
                        .put("arguments", Arguments.text(call.input()));
            }
        }
    }

    private Optional<ObjectNode> reasoning(Block.Thinking thinking) {
        if (target.quirks().has(Quirk.NO_REASONING_REPLAY)) {
            return Optional.empty();
        }
        return Signature.item(thinking.signature(), target.provider().id()).map(item -> {
            ObjectNode node = JsonMapper.shared().createObjectNode().put("type", "reasoning");
            if (!item.id().isEmpty()) {
                node.put("id", item.id());
            }
            node.put("encrypted_content", item.encrypted()).putArray("summary");
            return node;
        });
    }

    private void results(List<Block.ToolResult> results) {
        var below = new ArrayList<Block>();
        boolean textOnly = target.quirks().has(Quirk.TEXT_TOOL_RESULTS);
        for (Block.ToolResult result : results) {
            var taken = new Block.ToolResult(result.callId(), taken(result.content()), result.error());
            String id = CallIds.upstream(result.callId());
            ObjectNode output = item("function_call_output").put("call_id", id);
            if (!Attachments.any(taken.content())) {
                output.put("output", Texts.of(taken));
            } else if (textOnly) {
                output.put("output", Texts.withoutAttachments(taken));
                below.add(new Block.Text("Images returned by tool call " + id + ":"));
                taken.content().stream()
                        .filter(block -> !(block instanceof Block.Text))
                        .forEach(below::add);
            } else {
                parts(marked(taken), output.putArray("output"));
            }
        }
        if (!below.isEmpty()) {
            message("user", below);
        }
    }

    private static List<Block> marked(Block.ToolResult result) {
        String plain = Texts.of(result.content());
        String marked = Texts.of(result);
        if (plain.equals(marked)) {
            return result.content();
        }
        var blocks = new ArrayList<Block>(result.content());
        blocks.add(0, new Block.Text("Error:"));
        return blocks;
    }

    private List<Block> taken(List<Block> blocks) {
        return Attachments.within(blocks, target, true);
    }

    private void message(String role, List<Block> blocks) {
        parts(blocks, item("message").put("role", role).putArray("content"));
    }

    private ObjectNode item(String type) {
        return items.addObject().put("type", type);
    }

    private static void parts(List<Block> blocks, ArrayNode parts) {
        for (Block block : blocks) {
            if (block instanceof Block.Text text) {
                parts.addObject().put("type", "input_text").put("text", text.text());
            } else if (block instanceof Block.Image image) {
                parts.addObject().put("type", "input_image").put("image_url", image.url());
            } else if (block instanceof Block.Document document) {
                ObjectNode file = parts.addObject().put("type", "input_file");
                if (document.inline()) {
                    file.put("filename", document.name()).put("file_data", document.url());
                } else {
                    file.put("file_url", document.url());
                }
            }
        }
    }
}
