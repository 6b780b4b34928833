package dev.katra.core.memory;

import dev.katra.core.text.ExternallyNamed;

/** Tells why a person may look at a memory. */
public enum ReviewReason implements ExternallyNamed {
    /** Another memory contradicts it. */
    CONTRADICTED,
    /** A newer memory says nearly the same. */
    DUPLICATE,
    /** Nobody has said it, found it or said that it is right for long. */
    STALE,
    /** Sessions have not found it so far. */
    NEVER_FOUND;
}
