package dev.katra.gateway.conversation;

import dev.katra.gateway.request.Block;
import java.util.List;

/** A ConversationEntry is one step of a conversation in which every call has its result and every result its call. */
public sealed interface ConversationEntry {

    /** A PromptTurn holds what the system or a user says, without tool results. It is never empty. */
    record PromptTurn(boolean system, List<Block> blocks) implements ConversationEntry {

        public PromptTurn {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * An Answer holds what the model says, thinks and calls, and what its calls returned.
     *
     * @param results one result for each call, in the order of the calls
     */
    record Answer(List<Block> blocks, List<Block.ToolResult> results) implements ConversationEntry {

        public Answer {
            blocks = List.copyOf(blocks);
            results = List.copyOf(results);
            List<String> calls = blocks.stream()
                    .filter(Block.ToolUse.class::isInstance)
                    .map(block -> ((Block.ToolUse) block).id())
                    .toList();
            List<String> answered =
                    results.stream().map(Block.ToolResult::callId).toList();
            if (!calls.equals(answered)) {
                throw new IllegalArgumentException("the results " + answered + " do not match the calls " + calls);
            }
        }
    }
}
