package dev.katra.core.memory;

import dev.katra.core.text.ExternallyNamed;

/** Decides who finds a memory. */
public enum MemoryScope implements ExternallyNamed {
    /** Everyone in the room. */
    TEAM,
    /** Its author only. */
    PRIVATE;
}
