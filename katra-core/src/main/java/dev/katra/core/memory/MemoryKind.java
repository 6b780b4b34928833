package dev.katra.core.memory;

import dev.katra.core.text.ExternallyNamed;

/** The kind of a memory. */
public enum MemoryKind implements ExternallyNamed {
    /** Anything worth keeping. */
    NOTE,
    /** Something that is so. */
    FACT,
    /** Something that was decided, with its reason. */
    DECISION;
}
