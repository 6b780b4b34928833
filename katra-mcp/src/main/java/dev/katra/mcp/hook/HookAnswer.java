package dev.katra.mcp.hook;

import java.util.Map;

/** Builds the answers to hooks in the form that the client expects. */
final class HookAnswer {

    private HookAnswer() {}

    static Map<String, Object> nothing() {
        return Map.of();
    }

    /** Returns an answer with text for the model; an empty answer if the text is empty. */
    static Map<String, Object> context(String event, String text) {
        return text.isEmpty()
                ? nothing()
                : Map.of("hookSpecificOutput", Map.of("hookEventName", event, "additionalContext", text));
    }

    /**
     * Returns an answer with text for the person, which the client shows and the model does not read; an empty answer
     * if the text is empty.
     */
    static Map<String, Object> notice(String text) {
        return text.isEmpty() ? nothing() : Map.of("systemMessage", text);
    }
}
