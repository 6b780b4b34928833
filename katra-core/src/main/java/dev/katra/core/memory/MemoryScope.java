package dev.katra.core.memory;

import java.util.Locale;

/** Who finds a memory. */
public enum MemoryScope {
    /** Everyone in the room. */
    TEAM,
    /** Its author only. */
    PRIVATE;

    /** The word that people and models see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
