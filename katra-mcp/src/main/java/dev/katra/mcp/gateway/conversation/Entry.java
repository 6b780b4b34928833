package dev.katra.mcp.gateway.conversation;

import dev.katra.mcp.gateway.request.Block;
import java.util.List;

/** One step of a conversation in which no call is without its result and no result without its call. */
public sealed interface Entry {

    /** What the system or a user says, without tool results; never empty. */
    record Said(boolean system, List<Block> blocks) implements Entry {

        public Said {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * What the model says, thinks and calls, and what its calls returned.
     *
     * @param results one for each call, in the order of the calls
     */
    record Answer(List<Block> blocks, List<Block.ToolResult> results) implements Entry {

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
