package dev.katra.mcp.gateway.conversation;

import dev.katra.mcp.gateway.request.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An answer that may still wait for the results of its calls. Ids that were used before are made unique. */
final class Exchange {

    private static final String INTERRUPTED = "[no result: interrupted]";

    private final Set<String> used;
    private final List<Block> blocks = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, List<String>> waiting = new HashMap<>();
    private final Map<String, Block.ToolResult> results = new HashMap<>();

    Exchange(Set<String> used) {
        this.used = used;
    }

    void add(List<Block> said) {
        for (Block block : said) {
            if (block instanceof Block.ToolUse call) {
                String id = unique(call.id().isEmpty() ? "call" : call.id());
                blocks.add(call.as(id));
                calls.add(id);
                waiting.computeIfAbsent(call.id(), key -> new ArrayList<>()).add(id);
            } else {
                blocks.add(block);
            }
        }
    }

    /** Takes the result if one of the calls waits for it. */
    boolean take(Block.ToolResult result) {
        List<String> ids = waiting.getOrDefault(result.callId(), List.of());
        if (ids.isEmpty()) {
            return false;
        }
        String id = ids.remove(0);
        results.put(id, result.of(id));
        return true;
    }

    boolean waits() {
        return results.size() < calls.size();
    }

    /** What was said, if anything was. */
    Optional<Entry> entry() {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        List<Block.ToolResult> inOrder = calls.stream()
                .map(id -> results.getOrDefault(id, new Block.ToolResult(id, none(), false)))
                .toList();
        return Optional.of(new Entry.Answer(blocks, inOrder));
    }

    private static List<Block> none() {
        return List.of(new Block.Text(INTERRUPTED));
    }

    private String unique(String id) {
        String free = id;
        for (int n = 2; !used.add(free); n++) {
            free = id + "_" + n;
        }
        return free;
    }
}
