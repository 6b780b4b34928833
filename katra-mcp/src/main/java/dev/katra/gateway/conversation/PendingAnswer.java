package dev.katra.gateway.conversation;

import dev.katra.gateway.request.Block;
import dev.katra.gateway.tool.CallIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects an answer and the results of its calls. It gives the calls the endpoint's ids and uses each id once. */
final class PendingAnswer {

    private static final String INTERRUPTED = "[no result: interrupted]";

    private final Set<String> used;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, List<String>> waiting = new HashMap<>();
    private final Map<String, Block.ToolResult> results = new HashMap<>();

    PendingAnswer(Set<String> used) {
        this.used = used;
    }

    void add(List<Block> said) {
        for (Block block : said) {
            if (block instanceof Block.ToolUse call) {
                String id = CallIds.upstream(call.id().isEmpty() ? "call" : call.id(), used::add);
                blocks.add(call.withId(id));
                calls.add(id);
                waiting.computeIfAbsent(call.id(), key -> new ArrayList<>()).add(id);
            } else {
                blocks.add(block);
            }
        }
    }

    /** Takes the result if one of the calls waits for it; returns whether one does. */
    boolean take(Block.ToolResult result) {
        List<String> ids = waiting.getOrDefault(result.callId(), List.of());
        if (ids.isEmpty()) {
            return false;
        }
        String id = ids.remove(0);
        results.put(id, result.withCallId(id));
        return true;
    }

    boolean waits() {
        return results.size() < calls.size();
    }

    /** Returns the answer; empty if it has no blocks. */
    Optional<ConversationEntry> entry() {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        List<Block.ToolResult> inOrder = calls.stream()
                .map(id -> results.getOrDefault(id, new Block.ToolResult(id, interruptedResult(), false)))
                .toList();
        return Optional.of(new ConversationEntry.Answer(blocks, inOrder));
    }

    private static List<Block> interruptedResult() {
        return List.of(new Block.Text(INTERRUPTED));
    }
}
