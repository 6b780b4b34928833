package dev.katra.demo;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Reply holds what the model answers: text, tool calls or both.
 *
 * @param blocks the content in order
 */
record Reply(List<Block> blocks) {

    /** A Block is one piece of the content. */
    sealed interface Block permits Text, Call {}

    /** A Text holds text for a person. */
    record Text(String text) implements Block {}

    /** A Call holds one tool call. */
    record Call(String id, String tool, ObjectNode input) implements Block {}

    Reply {
        blocks = List.copyOf(blocks);
    }

    static Reply text(String text) {
        return new Reply(List.of(new Text(text)));
    }

    /** Returns why the turn ends, by the name of the Messages API. */
    String stopReason() {
        return blocks.stream().anyMatch(Call.class::isInstance) ? "tool_use" : "end_turn";
    }

    /** Returns a rough count of the reply's tokens: one for four characters. */
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
