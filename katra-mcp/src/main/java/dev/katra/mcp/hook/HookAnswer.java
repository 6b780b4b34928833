package dev.katra.mcp.hook;

import java.util.Map;

/** What the client makes of a hook's answer. */
final class HookAnswer {

    private HookAnswer() {}

    static Map<String, Object> nothing() {
        return Map.of();
    }

    /** Text for the model; nothing if it is empty. */
    static Map<String, Object> context(String event, String text) {
        return text.isEmpty()
                ? nothing()
                : Map.of("hookSpecificOutput", Map.of("hookEventName", event, "additionalContext", text));
    }
}
