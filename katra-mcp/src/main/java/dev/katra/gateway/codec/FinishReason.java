package dev.katra.gateway.codec;

import java.util.Locale;
import java.util.Set;

/**
 * A FinishReason is the meaning of the text by which an endpoint says why an answer ended. An unknown text counts as an
 * error.
 */
public enum FinishReason {
    /** The endpoint says nothing. */
    UNSPECIFIED,
    /** The model has finished its answer, or calls tools. */
    COMPLETE,
    /** The answer reached a length limit of the request or of the model. */
    LIMIT,
    /** The vendor's filter withheld the answer. */
    FILTER,
    /** The endpoint failed. */
    ERROR;

    private static final Set<String> WHOLES = Set.of(
            "stop",
            "stopped",
            "stop_sequence",
            "end",
            "end_turn",
            "eos",
            "eos_token",
            "complete",
            "completed",
            "done",
            "finish",
            "finished",
            "normal",
            "success",
            "tool_call",
            "tool_calls",
            "tool_use",
            "function_call",
            "function_calls");

    private static final Set<String> LIMITS = Set.of(
            "length",
            "max_length",
            "max_tokens",
            "max_token",
            "max_new_tokens",
            "max_output_tokens",
            "max_completion_tokens",
            "token_limit",
            "model_length",
            "context_length",
            "context_length_exceeded",
            "model_context_window_exceeded");

    private static final Set<String> FILTERS = Set.of(
            "content_filter",
            "content_filtered",
            "refusal",
            "safety",
            "sensitive",
            "blocklist",
            "prohibited_content",
            "recitation",
            "spii",
            "language",
            "image_safety",
            "moderation",
            "guardrail_intervened",
            "error_toxic");

    /** Returns the meaning of an endpoint's finish reason. Case does not matter; text behind a colon is ignored. */
    public static FinishReason of(String reason) {
        String word = reason.strip().toLowerCase(Locale.ROOT);
        int colon = word.indexOf(':');
        String kind = (colon < 0 ? word : word.substring(0, colon)).strip().replace('-', '_');
        if (kind.isEmpty() || kind.equals("null") || kind.equals("none")) {
            return UNSPECIFIED;
        }
        if (WHOLES.contains(kind)) {
            return COMPLETE;
        }
        if (LIMITS.contains(kind)) {
            return LIMIT;
        }
        return FILTERS.contains(kind) ? FILTER : ERROR;
    }
}
