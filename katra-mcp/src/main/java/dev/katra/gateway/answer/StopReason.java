package dev.katra.gateway.answer;

import dev.katra.core.text.ExternallyNamed;
import java.util.Locale;

/** A StopReason says why an answer ended. */
public enum StopReason implements ExternallyNamed {
    END_TURN,
    TOOL_USE,
    MAX_TOKENS,
    STOP_SEQUENCE,
    REFUSAL;

    /** Returns the name of the stop reason in the Messages API. */
    @Override
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
