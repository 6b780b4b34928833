package dev.katra.gateway.conversation;

import dev.katra.gateway.request.Block;
import dev.katra.gateway.request.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a history into the order that endpoints accept: every call is followed by its result, whatever stood between
 * them follows the results, a call without a result gets one that says so, and a result without a call becomes text.
 */
public final class ConversationNormalizer {

    private final List<ConversationEntry> entries = new ArrayList<>();
    private final Set<String> callIds = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private final List<ConversationEntry> held = new ArrayList<>();
    private @Nullable PendingAnswer open;
    private boolean userSpoke;

    private ConversationNormalizer() {}

    /** Returns the conversation of these turns, in order. */
    public static List<ConversationEntry> normalize(List<Turn> turns) {
        var conversation = new ConversationNormalizer();
        turns.forEach(conversation::add);
        conversation.close();
        return List.copyOf(conversation.entries);
    }

    private void add(Turn turn) {
        switch (turn.role()) {
            case ASSISTANT -> answer(turn.blocks());
            case SYSTEM -> addPrompt(true, turn.blocks());
            case USER -> user(turn.blocks());
        }
    }

    private void answer(List<Block> blocks) {
        PendingAnswer exchange = open;
        if (exchange == null || userSpoke) {
            close();
            exchange = new PendingAnswer(callIds);
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
        addPrompt(false, rest);
        if (open != null && !open.waits()) {
            close();
        }
    }

    private void addPrompt(boolean system, List<Block> blocks) {
        List<Block> own = blocks.stream()
                .filter(block -> !(block instanceof Block.ToolResult))
                .toList();
        if (!own.isEmpty()) {
            (open == null ? entries : held).add(new ConversationEntry.PromptTurn(system, own));
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
