package dev.katra.mcp.gateway.answer;

import java.util.Locale;

/** Why an answer ended. */
public enum StopReason {
    END_TURN,
    TOOL_USE,
    MAX_TOKENS,
    REFUSAL;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
