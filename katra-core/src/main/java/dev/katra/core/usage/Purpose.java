package dev.katra.core.usage;

import dev.katra.core.text.ExternallyNamed;
import java.util.Locale;

/** The purpose of a request to a model. */
public enum Purpose implements ExternallyNamed {
    /** The request belongs to a turn that a person has started. */
    CONVERSATION,
    /** The request belongs to a turn that mail has started. */
    WAKE,
    /** The request is one of a sub-agent. */
    SUB_AGENT,
    /** The request judges whether a tool call may run. */
    JUDGEMENT;

    /** Returns the purpose with this external name. */
    public static Purpose of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
