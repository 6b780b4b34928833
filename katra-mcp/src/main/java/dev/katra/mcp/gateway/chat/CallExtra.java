package dev.katra.mcp.gateway.chat;

import dev.katra.mcp.gateway.answer.AnswerEvent;
import dev.katra.mcp.gateway.thinking.Signature;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an endpoint put beside a call and wants back with it. It goes through the client in hidden thinking just before
 * the call, or behind the call's beginning if it comes too late for that.
 */
final class CallExtra {

    private final String provider;
    private final Consumer<AnswerEvent> events;
    private String callId = "";
    private @Nullable JsonNode content;

    CallExtra(String provider, Consumer<AnswerEvent> events) {
        this.provider = provider;
        this.events = events;
    }

    /** The first that is not empty counts. */
    void take(JsonNode given) {
        if (content == null && given.isObject() && !given.isEmpty()) {
            content = given;
            sign();
        }
    }

    /** Passes on what comes of the call. */
    void pass(AnswerEvent event) {
        if (event instanceof AnswerEvent.ToolStarted started) {
            callId = started.id();
            sign();
        }
        events.accept(event);
    }

    private void sign() {
        if (content != null && !callId.isEmpty()) {
            events.accept(new AnswerEvent.ThinkingSigned(Signature.of(new Signature.Call(provider, callId, content))));
        }
    }
}
