package dev.katra.core.memory;

import java.util.Locale;

/** Decides who finds a memory. */
public enum MemoryScope {
    /** Everyone in the room. */
    TEAM,
    /** Its author only. */
    PRIVATE;

    /** Returns the name that people and models see. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
