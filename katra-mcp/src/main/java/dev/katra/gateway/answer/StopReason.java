package dev.katra.gateway.answer;

import java.util.Locale;

/** A StopReason says why an answer ended. */
public enum StopReason {
    END_TURN,
    TOOL_USE,
    MAX_TOKENS,
    STOP_SEQUENCE,
    REFUSAL;

    /** Returns the name of the stop reason in the Messages API. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
