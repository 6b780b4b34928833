package dev.katra.gateway.chat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import dev.katra.gateway.codec.FinishReason;
import dev.katra.gateway.codec.ThinkTagFilter;
import dev.katra.gateway.codec.ThinkingRelay;
import dev.katra.gateway.failure.EndpointErrors;
import dev.katra.gateway.failure.ErrorResponse;
import dev.katra.gateway.failure.ErrorTranslation;
import dev.katra.gateway.failure.GatewayError;
import dev.katra.gateway.tool.ToolNames;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the chunks of a chat completion. A completion that is not streamed counts as one chunk. */
final class ChatReader {

    private static final List<String> STOPS = List.of("stop_reason", "matched_stop");

    private final Target target;
    private final Consumer<AnswerEvent> events;
    private final ThinkingRelay thoughts;
    private final ChatCallAssembler calls;
    private String finish = "";
    private @Nullable String stop;
    private TokenUsage usage = TokenUsage.NONE;
    private boolean started;
    private boolean text;
    private boolean refused;
    private boolean over;
    /** The last chunk, as long as no chunk with a choice has come; otherwise null. */
    private @Nullable JsonNode chunkWithoutChoice;

    private boolean chosen;

    ChatReader(Target target, ToolNames names, boolean whole, Consumer<AnswerEvent> events) {
        this.target = target;
        this.events = ThinkTagFilter.within(target.quirks().has(Quirk.UNOPENED_THINKING), events);
        this.thoughts = new ThinkingRelay(this.events);
        this.calls = new ChatCallAssembler(target, names, whole, this.events);
    }

    boolean over() {
        return over;
    }

    /** Returns whether the endpoint has sent a finish reason. */
    boolean finished() {
        return !finish.isEmpty();
    }

    /** Returns whether the endpoint has reported the usage. */
    boolean used() {
        return !usage.equals(TokenUsage.NONE);
    }

    void chunk(JsonNode chunk) {
        if (over) {
            return;
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode error = chunk.hasNonNull("error") ? chunk.path("error") : choice.path("error");
        if (error.isObject() || error.isString()) {
            fail(ErrorTranslation.of(ErrorResponse.fromBody(error), target, 0));
            return;
        }
        if (!started) {
            started = true;
            events.accept(new AnswerEvent.Started());
        }
        usage(chunk);
        chosen |= choice.isObject();
        chunkWithoutChoice = chosen ? null : chunk;
        JsonNode delta = choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        delta(delta);
        String reason = choice.path("finish_reason").asString("");
        if (FinishReason.of(reason) != FinishReason.UNSPECIFIED) {
            finish = reason;
            stop = stop(choice);
        }
    }

    /**
     * Ends the answer.
     *
     * @param marked whether the endpoint itself marked the end
     */
    void conclude(boolean marked) {
        if (over) {
            return;
        }
        FinishReason ending = FinishReason.of(finish);
        if (ending == FinishReason.ERROR) {
            fail(EndpointErrors.aborted(target.provider(), finish));
            return;
        }
        JsonNode without = chunkWithoutChoice;
        if (marked && without != null) {
            fail(ErrorTranslation.noAnswer(without, target));
            return;
        }
        boolean limited = ending == FinishReason.LIMIT || ending == FinishReason.FILTER;
        boolean unsaid = ending == FinishReason.UNSPECIFIED;
        boolean cut = unsaid && !marked;
        boolean nothing = unsaid && !text && calls.none();
        boolean halfCall = !calls.callable(false) && (unsaid || (!marked && !limited));
        if (cut || nothing || halfCall) {
            fail(EndpointErrors.cutOff(target.provider()));
            return;
        }
        if (!limited && calls.nameless()) {
            fail(EndpointErrors.namelessCall(target.provider()));
            return;
        }
        thoughts.close();
        StopReason reason = reason(ending);
        calls.end(!limited);
        over = true;
        events.accept(new AnswerEvent.Finished(reason, usage, reason == StopReason.END_TURN ? stop : null));
    }

    /** Returns the stop sequence that ended the answer, which some servers report; null if this one does not. */
    private static @Nullable String stop(JsonNode choice) {
        for (String field : STOPS) {
            if (choice.path(field).isString()) {
                return choice.path(field).asString();
            }
        }
        return null;
    }

    private void usage(JsonNode chunk) {
        JsonNode said = chunk.path("usage").isObject()
                ? chunk.path("usage")
                : chunk.path("x_groq").path("usage");
        if (said.isObject()) {
            usage = TokenUsage.read(said);
        }
    }

    private void delta(JsonNode delta) {
        String reasoning = delta.path("reasoning_content").asString("");
        addThinking(reasoning.isEmpty() ? delta.path("reasoning").asString("") : reasoning);
        JsonNode content = delta.path("content");
        if (content.isArray()) {
            content.forEach(this::part);
        } else {
            addText(content.asString(""));
        }
        String refusal = delta.path("refusal").asString("");
        refused |= !refusal.isEmpty();
        addText(refusal);
        if (!delta.path("tool_calls").isEmpty()) {
            thoughts.close();
            calls.addPieces(delta.path("tool_calls"));
        }
        if (delta.path("function_call").isObject()) {
            thoughts.close();
            calls.addPiece(delta.path("function_call"));
        }
    }

    private void part(JsonNode part) {
        if (part.path("type").asString("").equals("thinking")) {
            part.path("thinking")
                    .forEach(inner -> addThinking(inner.path("text").asString("")));
        } else {
            addText(part.path("text").asString(""));
        }
    }

    private void addThinking(String more) {
        if (!more.isEmpty()) {
            calls.endComplete();
            thoughts.add(more);
        }
    }

    private void addText(String more) {
        if (!more.isEmpty()) {
            thoughts.close();
            calls.endComplete();
            text = true;
            events.accept(new AnswerEvent.TextDelta(more));
        }
    }

    private StopReason reason(FinishReason ending) {
        if (ending == FinishReason.FILTER) {
            return StopReason.REFUSAL;
        }
        if (!calls.none() && (ending != FinishReason.LIMIT || calls.callable(true))) {
            return StopReason.TOOL_USE;
        }
        if (refused) {
            return StopReason.REFUSAL;
        }
        return ending == FinishReason.LIMIT ? StopReason.MAX_TOKENS : StopReason.END_TURN;
    }

    private void fail(GatewayError error) {
        over = true;
        events.accept(new AnswerEvent.Failed(error));
    }
}
