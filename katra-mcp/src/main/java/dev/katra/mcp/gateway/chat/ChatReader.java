package dev.katra.mcp.gateway.chat;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.answer.StopReason;
import dev.katra.mcp.gateway.answer.Usage;
import dev.katra.mcp.gateway.codec.Thoughts;
import dev.katra.mcp.gateway.failure.ErrorTranslation;
import dev.katra.mcp.gateway.failure.GatewayError;
import dev.katra.mcp.gateway.failure.Outage;
import dev.katra.mcp.gateway.failure.Refusal;
import dev.katra.mcp.gateway.tool.ToolNames;
import dev.katra.mcp.gateway.upstream.Target;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reads the chunks of a chat completion, of which a whole completion is the only one. */
final class ChatReader {

    private final Target target;
    private final Consumer<AnswerEvent> events;
    private final Thoughts thoughts;
    private final ChatCalls calls;
    private String finish = "";
    private Usage usage = Usage.NONE;
    private boolean started;
    private boolean text;
    private boolean refused;
    private boolean over;

    ChatReader(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.target = target;
        this.events = events;
        this.thoughts = new Thoughts(events);
        this.calls = new ChatCalls(target, names, whole, events);
    }

    boolean over() {
        return over;
    }

    void chunk(JsonNode chunk) {
        if (over) {
            return;
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode error = chunk.hasNonNull("error") ? chunk.path("error") : choice.path("error");
        if (error.isObject() || error.isString()) {
            fail(ErrorTranslation.of(Refusal.inBody(error), target, 0));
            return;
        }
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.Started(chunk.path("id").asString("")));
        }
        usage(chunk);
        JsonNode delta = choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        delta(delta);
        if (!choice.path("finish_reason").asString("").isEmpty()) {
            finish = choice.path("finish_reason").asString("");
        }
    }

    /**
     * The answer ends.
     *
     * @param marked whether the endpoint said so itself
     */
    void conclude(boolean marked) {
        if (over) {
            return;
        }
        boolean cut = finish.isEmpty() && !marked;
        boolean nothing = finish.isEmpty() && !text && calls.none();
        boolean halfCall = !calls.callable(false) && (finish.isEmpty() || (!marked && !limited()));
        if (finish.equals("error") || cut || nothing || halfCall) {
            fail(Outage.cutOff(target.provider()));
            return;
        }
        thoughts.close();
        StopReason reason = reason();
        calls.end(!limited());
        over = true;
        events.accept(new AnswerEvent.Finished(reason, usage));
    }

    private void usage(JsonNode chunk) {
        JsonNode said = chunk.path("usage").isObject()
                ? chunk.path("usage")
                : chunk.path("x_groq").path("usage");
        if (said.isObject()) {
            usage = Usage.read(said);
        }
    }

    private void delta(JsonNode delta) {
        String reasoning = delta.path("reasoning_content").asString("");
        think(reasoning.isEmpty() ? delta.path("reasoning").asString("") : reasoning);
        JsonNode content = delta.path("content");
        if (content.isArray()) {
            content.forEach(this::part);
        } else {
            say(content.asString(""));
        }
        String refusal = delta.path("refusal").asString("");
        refused |= !refusal.isEmpty();
        say(refusal);
        int position = 0;
        for (JsonNode call : delta.path("tool_calls")) {
            thoughts.close();
            calls.piece(call, call.path("function"), position++);
        }
        if (delta.path("function_call").isObject()) {
            thoughts.close();
            calls.piece(delta.path("function_call"), delta.path("function_call"), 0);
        }
    }

    private void part(JsonNode part) {
        if (part.path("type").asString("").equals("thinking")) {
            part.path("thinking").forEach(inner -> think(inner.path("text").asString("")));
        } else {
            say(part.path("text").asString(""));
        }
    }

    private void think(String more) {
        if (!more.isEmpty()) {
            calls.endComplete();
            thoughts.add(more);
        }
    }

    private void say(String more) {
        if (!more.isEmpty()) {
            thoughts.close();
            calls.endComplete();
            text = true;
            events.accept(new AnswerEvent.TextDelta(more));
        }
    }

    private boolean limited() {
        return finish.equals("length") || finish.equals("content_filter");
    }

    private StopReason reason() {
        if (!calls.none() && (!limited() || calls.callable(true))) {
            return StopReason.TOOL_USE;
        }
        if (refused || finish.equals("content_filter")) {
            return StopReason.REFUSAL;
        }
        return finish.equals("length") ? StopReason.MAX_TOKENS : StopReason.END_TURN;
    }

    private void fail(GatewayError error) {
        over = true;
        events.accept(new AnswerEvent.Failed(error));
    }
}
