package dev.katra.core.usage;

import java.util.Locale;

/** The purpose of a request to a model. */
public enum Purpose {
    /** The request belongs to the session's own work. */
    CONVERSATION,
    /** The request judges whether a tool call may run. */
    JUDGEMENT;

    /** Returns the name in the store and in output. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
