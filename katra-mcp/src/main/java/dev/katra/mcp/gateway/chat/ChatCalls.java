package dev.katra.mcp.gateway.chat;

import dev.katra.core.upstream.Quirk;
import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.codec.OpenCall;
import dev.katra.mcp.gateway.tool.CallIds;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Tells the calls of a chat completion apart, whose pieces may come in any order. */
final class ChatCalls {

    private final ToolNames names;
    private final CallIds ids = new CallIds();
    private final String provider;
    private final boolean atOnce;
    private final Consumer<AnswerEvent> events;
    private final List<OpenCall> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();

    ChatCalls(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.names = names;
        this.provider = target.provider().id();
        this.atOnce = whole || target.quirks().has(Quirk.BUFFERED_TOOLS);
        this.events = events;
    }

    boolean none() {
        return calls.isEmpty();
    }

    boolean callable(boolean cut) {
        return calls.stream().allMatch(call -> call.callable(cut));
    }

    /** Takes a piece of a call; the position counts where the endpoint gives no index. */
    void piece(JsonNode call, JsonNode function, int position) {
        String id = call.path("id").asString("");
        String name = function.path("name").asString("");
        JsonNode given = function.path("arguments");
        String arguments = given.isObject() ? given.toString() : given.asString("");
        int index = index(call, id, position);
        Call known = byIndex.get(index);
        if (known == null || another(known.open(), id, name, arguments)) {
            endComplete();
            calls.forEach(OpenCall::announce);
            var extra = new CallExtra(provider, events);
            known = new Call(new OpenCall(calls.size(), names, ids, atOnce, extra::pass), extra);
            calls.add(known.open());
            byIndex.put(index, known);
        }
        known.extra().take(call.path("extra_content"));
        OpenCall open = known.open();
        open.id(id);
        open.name(name);
        open.arguments(arguments);
    }

    void endComplete() {
        if (!atOnce) {
            calls.forEach(OpenCall::endIfComplete);
        }
    }

    void end(boolean mend) {
        calls.forEach(call -> call.end(mend));
    }

    /** Without an index a known id finds its call, a new one begins the next, and no id continues the last. */
    private int index(JsonNode call, String id, int position) {
        if (call.path("index").isNumber()) {
            return call.path("index").asInt(0);
        }
        for (Map.Entry<Integer, Call> entry : byIndex.entrySet()) {
            if (!id.isEmpty() && entry.getValue().open().id().equals(id)) {
                return entry.getKey();
            }
        }
        return id.isEmpty() && position < byIndex.size() ? position : byIndex.size();
    }

    /** Some endpoints give all calls the index 0; then a new id, or a name after complete arguments, is a new call. */
    private static boolean another(OpenCall open, String id, String name, String arguments) {
        if (name.isEmpty()) {
            return false;
        }
        boolean otherId = !id.isEmpty() && !open.id().isEmpty() && !open.id().equals(id);
        boolean noIds = id.isEmpty() && open.id().isEmpty();
        boolean otherName = open.begunUnlike(name);
        boolean otherArguments = open.complete() && !arguments.isEmpty() && !open.repeats(arguments);
        return otherId || (noIds && (otherName || otherArguments));
    }

    /** A call and what belongs to it. */
    private record Call(OpenCall open, CallExtra extra) {}
}
