package dev.katra.gateway.mock;

/** How far a request has come. */
public enum Outcome {
    /** It is being answered. */
    OPEN,
    /** It has its answer, as far as the script goes. */
    ANSWERED,
    /** The script broke the connection. */
    CUT,
    /** The client went away before the end. */
    LEFT,
    /** The mock was closed before the end. */
    CLOSED
}
