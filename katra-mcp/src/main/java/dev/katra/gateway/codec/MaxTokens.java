package dev.katra.gateway.codec;

import dev.katra.core.upstream.Effort;
import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.request.MessagesRequest;
import dev.katra.gateway.request.Sampling;
import dev.katra.gateway.thinking.EffortChoice;
import dev.katra.gateway.upstream.Target;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Computes the maximum number of tokens of an answer. */
public final class MaxTokens {

    private static final int MIN_FOR_REASONING = 512;

    private MaxTokens() {}

    /**
     * Returns the maximum number of tokens to allow; empty if neither the client nor the settings name one. A client
     * that asks for a short answer means the answer alone, so tokens for the model's thinking are added.
     */
    public static OptionalInt forRequest(MessagesRequest request, Target target) {
        int cap = target.maxOutput();
        int wanted = request.sampling().maxTokens();
        if (wanted == 0) {
            return cap == 0 ? OptionalInt.empty() : OptionalInt.of(cap);
        }
        int thinking = thinkingTokens(request, target);
        int allowed = Math.max(Sampling.MIN_TOKENS, wanted < thinking ? wanted + thinking : wanted);
        if (isReasoning(target)) {
            allowed = Math.max(MIN_FOR_REASONING, allowed);
        }
        return OptionalInt.of(cap == 0 ? allowed : Math.min(allowed, cap));
    }

    /**
     * Returns the maximum number of tokens that a request body allows, whatever the field's name; 0 if it names none.
     */
    public static int fromBody(JsonNode body) {
        for (String name : List.of("max_output_tokens", "max_completion_tokens", "max_tokens")) {
            if (body.path(name).isNumber()) {
                return body.path(name).asInt(0);
            }
        }
        return 0;
    }

    private static boolean isReasoning(Target target) {
        return target.quirks().supportsReasoning() || target.quirks().has(Quirk.REASONING_CONTENT);
    }

    /** Returns the number of tokens that a model may use for thinking before it answers. */
    private static int thinkingTokens(MessagesRequest request, Target target) {
        if (!isReasoning(target)) {
            return 0;
        }
        Effort effort = EffortChoice.of(request, target.quirks()).orElse(Effort.LOW);
        return switch (effort) {
            case NONE -> 0;
            case MINIMAL -> 1_024;
            case LOW -> 4_096;
            case MEDIUM -> 8_192;
            default -> 16_384;
        };
    }
}
