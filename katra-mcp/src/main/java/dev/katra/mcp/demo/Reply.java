package dev.katra.mcp.demo;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model answers: text, tool calls or both.
 *
 * @param blocks the content in order
 */
record Reply(List<Block> blocks) {

    /** One piece of content. */
    sealed interface Block permits Text, Call {}

    /** Text for a person. */
    record Text(String text) implements Block {}

    /** A tool call. */
    record Call(String id, String tool, ObjectNode input) implements Block {}

    Reply {
        blocks = List.copyOf(blocks);
    }

    static Reply text(String text) {
        return new Reply(List.of(new Text(text)));
    }

    /** Why the turn ends, in the words of the Messages API. */
    String stopReason() {
        return blocks.stream().anyMatch(Call.class::isInstance) ? "tool_use" : "end_turn";
    }

    /** A rough count of the reply's tokens. */
    int tokens() {
        int characters = 0;
        for (Block block : blocks) {
            characters += block instanceof Text text
                    ? text.text().length()
                    : ((Call) block).input().toString().length();
        }
        return Math.max(1, characters / 4);
    }
}
