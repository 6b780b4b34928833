package dev.katra.core.memory;

import java.util.Locale;

/** The kind of a memory. */
public enum MemoryKind {
    /** Anything worth keeping. */
    NOTE,
    /** Something that is so. */
    FACT,
    /** Something that was decided, with its reason. */
    DECISION;

    /** Returns the name that people and models see. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
