package dev.katra.gateway.chat;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a conversation as chat messages. */
final class ChatMessageWriter {

    private static final String UNSIGNED = "skip_thought_signature_validator";

    private final Target target;
    private final ToolNames names;
    private final ChatMessageList messages;

    ChatMessageWriter(Target target, ToolNames names) {
        this.target = target;
        this.names = names;
        this.messages = new ChatMessageList(target.quirks().has(Quirk.ALTERNATE));
    }

    ArrayNode write(List<String> system, List<ConversationEntry> conversation) {
        if (!system.isEmpty()) {
            messages.add(systemRole(), String.join("\n\n", system));
        }
        for (ConversationEntry entry : conversation) {
            if (entry instanceof ConversationEntry.Answer answer) {
                writeAnswer(answer);
            } else if (entry instanceof ConversationEntry.PromptTurn said) {
                writePrompt(said);
            }
        }
        return messages.atLeastOne();
    }

    private String systemRole() {
        return target.quirks().has(Quirk.DEVELOPER_ROLE) ? "developer" : "system";
    }

    private void writePrompt(ConversationEntry.PromptTurn said) {
        List<Block> blocks = Attachments.replaceUnsupported(said.blocks(), target, false);
        if (!said.system()) {
            messages.add("user", blocks);
        } else if (target.quirks().has(Quirk.SINGLE_SYSTEM)) {
            messages.add("user", BlockTexts.reminder(BlockTexts.of(blocks)));
        } else {
            messages.add(systemRole(), BlockTexts.of(blocks));
        }
    }

    private void writeAnswer(ConversationEntry.Answer answer) {
        String text = BlockTexts.of(answer.blocks());
        ArrayNode calls = calls(answer.blocks());
        if (text.isEmpty() && calls.isEmpty()) {
            return;
        }
        ObjectNode message = JsonMapper.shared().createObjectNode().put("role", "assistant");
        if (text.isEmpty()) {
            message.putNull("content");
        } else {
            message.put("content", text);
        }
        if (target.quirks().has(Quirk.REASONING_CONTENT)) {
            reasoning(answer.blocks(), !calls.isEmpty(), message);
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
        messages.add(message);
        results(answer.results());
    }

    private ArrayNode calls(List<Block> blocks) {
        ArrayNode calls = JsonMapper.shared().createArrayNode();
        Map<String, JsonNode> extras = extras(blocks);
        for (Block block : blocks) {
            if (block instanceof Block.ToolUse call) {
                ObjectNode node = calls.addObject().put("id", call.id()).put("type", "function");
                node.putObject("function")
                        .put("name", names.upstream(call.name()))
                        .put("arguments", CallArguments.text(call.input()));
                JsonNode extra = extras.remove(call.clientId());
                if (extra != null) {
                    node.set("extra_content", extra);
                }
            }
        }
        if (target.quirks().has(Quirk.THOUGHT_SIGNATURE) && calls.path(0) instanceof ObjectNode first) {
            signed(first);
        }
        return calls;
    }

    /** Returns the extra content that this model wants back with its calls, by the client's ids of the calls. */
    private Map<String, JsonNode> extras(List<Block> blocks) {
        String maker = ThinkingSignature.maker(target);
        var extras = new HashMap<String, JsonNode>();
        for (Block block : blocks) {
            if (block instanceof Block.Thinking thinking && !target.quirks().has(Quirk.NO_REASONING_REPLAY)) {
                ThinkingSignature.call(thinking.signature(), maker)
                        .ifPresent(call -> extras.putIfAbsent(call.id(), call.extra()));
            }
        }
        return extras;
    }

    /**
     * Adds a placeholder signature to a call that has none, as one that another model made. The vendor accepts this
     * text in place of a signature.
     */
    private static void signed(ObjectNode call) {
        if (!call.has("extra_content")) {
            call.putObject("extra_content").putObject("google").put("thought_signature", UNSIGNED);
        }
    }

    /**
     * Adds the reasoning to a message. Endpoints that want reasoning back refuse a call without any, even if the model
     * gave none.
     */
    private static void reasoning(List<Block> blocks, boolean required, ObjectNode message) {
        String text = blocks.stream()
                .filter(Block.Thinking.class::isInstance)
                .map(block -> ((Block.Thinking) block).text())
                .filter(thought -> !thought.isEmpty())
                .collect(Collectors.joining("\n"));
        if (required || !text.isEmpty()) {
            message.put("reasoning_content", text.isEmpty() ? " " : text);
        }
    }

    private void results(List<Block.ToolResult> results) {
        var below = new ArrayList<Block>();
        for (Block.ToolResult result : results) {
            var taken = new Block.ToolResult(
                    result.callId(), Attachments.replaceUnsupported(result.content(), target, false), result.error());
            String id = result.callId();
            messages.add(JsonMapper.shared()
                    .createObjectNode()
                    .put("role", "tool")
                    .put("tool_call_id", id)
                    .put("content", BlockTexts.withoutAttachments(taken)));
            if (Attachments.containAttachments(taken.content())) {
                below.add(new Block.Text("Images returned by tool call " + id + ":"));
                taken.content().stream()
                        .filter(block -> !(block instanceof Block.Text))
                        .forEach(below::add);
            }
        }
        if (!below.isEmpty()) {
            messages.add("user", below);
        }
    }
}
