package dev.katra.core.memory;

import java.util.Locale;

/** What a memory is. */
public enum MemoryKind {
    /** Anything worth keeping. */
    NOTE,
    /** Something that is so. */
    FACT,
    /** Something that was decided, with its reason. */
    DECISION;

    /** The word that people and models see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
