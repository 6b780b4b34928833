package dev.katra.mcp.gateway.conversation;

import dev.katra.mcp.gateway.request.Block;
import dev.katra.mcp.gateway.request.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a history in order: every call is followed by its result, whatever stood between them follows the results, a
 * call without a result gets one that says so, and a result without a call becomes text.
 */
public final class Conversation {

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> callIds = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final List<Entry> held = new ArrayList<>();
    private @Nullable Exchange open;
    private boolean userSpoke;

    private Conversation() {}

    /** The conversation that these turns tell. */
    public static List<Entry> of(List<Turn> turns) {
        var conversation = new Conversation();
        turns.forEach(conversation::add);
        conversation.close();
        return List.copyOf(conversation.entries);
    }

    private void add(Turn turn) {
        switch (turn.role()) {
            case ASSISTANT -> answer(turn.blocks());
            case SYSTEM -> said(true, turn.blocks());
            case USER -> user(turn.blocks());
        }
    }

    private void answer(List<Block> blocks) {
        Exchange exchange = open;
        if (exchange == null || userSpoke) {
            close();
            exchange = new Exchange(callIds);
            open = exchange;
        }
        exchange.add(blocks);
        if (!exchange.waits()) {
            close();
        }
    }

    private void user(List<Block> blocks) {
        var rest = new ArrayList<Block>();
        for (Block block : blocks) {
            if (!(block instanceof Block.ToolResult result)) {
                rest.add(block);
            } else if (open != null && open.take(result)) {
                answered.add(result.callId());
            } else if (!answered.contains(result.callId())) {
                rest.add(new Block.Text("Result of an earlier tool call (" + result.callId() + "):"));
                rest.addAll(result.content());
            }
        }
        userSpoke = true;
        said(false, rest);
        if (open != null && !open.waits()) {
            close();
        }
    }

    private void said(boolean system, List<Block> blocks) {
        List<Block> own = blocks.stream()
                .filter(block -> !(block instanceof Block.ToolResult))
                .toList();
        if (!own.isEmpty()) {
            (open == null ? entries : held).add(new Entry.Said(system, own));
        }
    }

    private void close() {
        if (open != null) {
            open.entry().ifPresent(entries::add);
            open = null;
        }
        entries.addAll(held);
        held.clear();
        userSpoke = false;
    }
}
