package dev.katra.gateway.responses;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.codec.Attachments;
import dev.katra.gateway.codec.BlockTexts;
import dev.katra.gateway.conversation.ConversationEntry;
import dev.katra.gateway.request.Block;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.CallArguments;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a conversation as the input items of the Responses API. */
final class ResponseInputWriter {

    private final Target target;
    private final ToolNames names;
    private final ArrayNode items = JsonMapper.shared().createArrayNode();

    ResponseInputWriter(Target target, ToolNames names) {
        this.target = target;
        this.names = names;
    }

    ArrayNode write(List<ConversationEntry> conversation) {
        for (ConversationEntry entry : conversation) {
            if (entry instanceof ConversationEntry.Answer answer) {
                writeAnswer(answer.blocks());
                results(answer.results());
            } else if (entry instanceof ConversationEntry.PromptTurn said) {
                writePrompt(said);
            }
        }
        if (items.isEmpty()) {
            message("user", List.of(new Block.Text("(no message)")));
        }
        return items;
    }

    private void writePrompt(ConversationEntry.PromptTurn said) {
        List<Block> blocks = supported(said.blocks());
        if (!said.system()) {
            message("user", blocks);
        } else if (target.quirks().has(Quirk.SINGLE_SYSTEM)) {
            message("user", List.of(new Block.Text(BlockTexts.reminder(BlockTexts.of(blocks)))));
        } else {
            message(target.quirks().has(Quirk.DEVELOPER_ROLE) ? "developer" : "system", blocks);
        }
    }

    /** Writes the items in the order of the blocks. Reasoning is written only before what came of it. */
    private void writeAnswer(List<Block> blocks) {
        var reasoning = new ArrayList<ObjectNode>();
        String maker = ThinkingSignature.maker(target);
        Optional<ThinkingSignature.Phase> phase = Optional.empty();
        for (Block block : blocks) {
            if (block instanceof Block.Thinking thinking) {
                Optional<ThinkingSignature.Phase> said = ThinkingSignature.phase(thinking.signature(), maker);
                phase = said.isPresent() ? said : phase;
                reasoning(thinking, maker).ifPresent(reasoning::add);
                continue;
            }
            reasoning.forEach(items::add);
            reasoning.clear();
            if (block instanceof Block.Text text) {
                ObjectNode message = item("message").put("role", "assistant");
                message.putArray("content")
                        .addObject()
                        .put("type", "output_text")
                        .put("text", text.text());
                phase.ifPresent(each -> message.put("phase", each.phase()));
                phase = Optional.empty();
            } else if (block instanceof Block.ToolUse call) {
                item("function_call")
                        .put("call_id", call.id())
                        .put("name", names.upstream(call.name()))
                        .put("arguments", CallArguments.text(call.input()));
            }
        }
    }

    private Optional<ObjectNode> reasoning(Block.Thinking thinking, String maker) {
        if (target.quirks().has(Quirk.NO_REASONING_REPLAY)) {
            return Optional.empty();
        }
        return ThinkingSignature.item(thinking.signature(), maker).map(item -> {
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
            var taken = new Block.ToolResult(result.callId(), supported(result.content()), result.error());
            String id = result.callId();
            ObjectNode output = item("function_call_output").put("call_id", id);
            if (!Attachments.containAttachments(taken.content())) {
                output.put("output", BlockTexts.of(taken));
            } else if (textOnly) {
                output.put("output", BlockTexts.withoutAttachments(taken));
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
        String plain = BlockTexts.of(result.content());
        String marked = BlockTexts.of(result);
        if (plain.equals(marked)) {
            return result.content();
        }
        var blocks = new ArrayList<Block>(result.content());
        blocks.add(0, new Block.Text("Error:"));
        return blocks;
    }

    private List<Block> supported(List<Block> blocks) {
        return Attachments.replaceUnsupported(blocks, target, true);
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
