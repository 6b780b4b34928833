package dev.katra.gateway.chat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.codec.OpenCall;
import dev.katra.gateway.thinking.ThinkingSignature;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Assembles the calls of a chat completion from their pieces, which may come in any order. */
final class ChatCallAssembler {

    private final ToolNames names;
    private final String maker;
    private final boolean atOnce;
    private final Consumer<AnswerEvent> events;
    private final List<OpenCall> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();
    private int last = -1;

    ChatCallAssembler(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.names = names;
        this.maker = ThinkingSignature.maker(target);
        this.atOnce = whole || target.quirks().has(Quirk.BUFFERED_TOOLS);
        this.events = events;
    }

    boolean none() {
        return calls.isEmpty();
    }

    boolean callable(boolean cut) {
        return calls.stream().allMatch(call -> call.callable(cut));
    }

    /** Returns whether one of the calls has no name. */
    boolean nameless() {
        return calls.stream().anyMatch(call -> !call.named());
    }

    /** Takes the pieces of calls that came in one chunk. */
    void addPieces(JsonNode together) {
        int position = 0;
        for (JsonNode call : together) {
            addPiece(Piece.of(call, call.path("function")), position++, together.size() == 1);
        }
    }

    /** Takes a piece of the only call, in the form of an endpoint that can make only one. */
    void addPiece(JsonNode function) {
        addPiece(Piece.of(function, function), 0, true);
    }

    /** Takes one piece. Its position in the chunk counts where the endpoint gives no index. */
    private void addPiece(Piece piece, int position, boolean alone) {
        int index = index(piece, position, alone);
        Call known = byIndex.get(index);
        if (known == null || beginsAnother(known.open(), piece)) {
            endComplete();
            calls.forEach(OpenCall::announce);
            var extra = new ExtraContentRelay(maker, events);
            known = new Call(new OpenCall(calls.size(), names, atOnce, extra::pass), extra);
            calls.add(known.open());
            byIndex.put(index, known);
        }
        last = index;
        known.extra().take(piece.extra());
        OpenCall open = known.open();
        open.id(piece.id());
        open.name(piece.name());
        open.arguments(piece.arguments());
    }

    void endComplete() {
        if (!atOnce) {
            calls.forEach(OpenCall::endIfComplete);
        }
    }

    void end(boolean whole) {
        calls.forEach(call -> call.end(whole));
    }

    /**
     * Returns the index of the call that a piece belongs to. Without an index, a known id finds its call, and a piece
     * without an id continues the last call. A new id begins the next call, unless the endpoint gives a new id to each
     * piece.
     */
    private int index(Piece piece, int position, boolean alone) {
        if (piece.index() != null) {
            return piece.index();
        }
        for (Map.Entry<Integer, Call> entry : byIndex.entrySet()) {
            if (!piece.id().isEmpty() && entry.getValue().open().id().equals(piece.id())) {
                return entry.getKey();
            }
        }
        Call latest = byIndex.get(last);
        if (alone && latest != null && (piece.id().isEmpty() || piece.continues(latest.open()))) {
            return last;
        }
        return piece.id().isEmpty() && position < byIndex.size() ? position : byIndex.size();
    }

    /**
     * Returns whether the piece begins another call under the index of an open one. Some endpoints give all calls the
     * index 0, or the same id; a name after complete arguments then begins a new call.
     */
    private static boolean beginsAnother(OpenCall open, Piece piece) {
        if (piece.name().isEmpty()) {
            return false;
        }
        boolean otherId =
                !piece.id().isEmpty() && !open.id().isEmpty() && !open.id().equals(piece.id());
        boolean noIds = piece.id().isEmpty() && open.id().isEmpty();
        boolean otherName = open.hasArgumentsOfOther(piece.name());
        boolean otherArguments = open.complete() && !piece.arguments().isBlank() && !open.repeats(piece.arguments());
        return (otherId && !piece.continues(open)) || (noIds && otherName) || otherArguments;
    }

    /** A Call holds an open call and its extra content. */
    private record Call(OpenCall open, ExtraContentRelay extra) {}

    /** A Piece holds what one chunk adds to a call. The index is null if the endpoint gives none. */
    private record Piece(@Nullable Integer index, String id, String name, String arguments, JsonNode extra) {

        static Piece of(JsonNode call, JsonNode function) {
            JsonNode given = function.path("arguments");
            return new Piece(
                    call.path("index").isNumber()
                            ? Integer.valueOf(call.path("index").asInt(0))
                            : null,
                    call.path("id").asString(""),
                    function.path("name").asString(""),
                    given.isObject() ? given.toString() : given.asString(""),
                    call.path("extra_content"));
        }

        boolean continues(OpenCall open) {
            return open.canContinueWith(name, arguments);
        }
    }
}
