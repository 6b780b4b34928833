package dev.katra.gateway.chat;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.thinking.ThinkingSignature;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Relays the extra content that an endpoint put beside a call and wants back with it. The content goes through the
 * client in hidden thinking just before the call, or right after the call's beginning if it comes too late for that.
 */
final class ExtraContentRelay {

    private final String maker;
    private final Consumer<AnswerEvent> events;
    private String callId = "";
    private @Nullable JsonNode content;

    ExtraContentRelay(String maker, Consumer<AnswerEvent> events) {
        this.maker = maker;
        this.events = events;
    }

    /** Takes extra content of the call. Only the first content that is not empty counts. */
    void take(JsonNode given) {
        if (content == null && given.isObject() && !given.isEmpty()) {
            content = given;
            sign();
        }
    }

    /**
     * Passes an event of the call on. The signature with the extra content is passed on as soon as the content and the
     * call's id are known.
     */
    void pass(AnswerEvent event) {
        if (event instanceof AnswerEvent.ToolStarted started) {
            callId = started.id();
            sign();
        }
        events.accept(event);
    }

    private void sign() {
        if (content != null && !callId.isEmpty()) {
            events.accept(new AnswerEvent.ThinkingSigned(
                    ThinkingSignature.of(new ThinkingSignature.Call(maker, callId, content))));
        }
    }
}
