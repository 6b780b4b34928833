package dev.katra.gateway.mock;

/** Why an answer ends. */
public enum Stop {
    /** It is complete. */
    NATURAL,
    /** It may not be longer. */
    LENGTH,
    /** The vendor does not let the rest through. */
    FILTER
}
