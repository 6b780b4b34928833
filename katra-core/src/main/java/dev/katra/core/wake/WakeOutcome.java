package dev.katra.core.wake;

/** What came of the wish to wake a session. */
public enum WakeOutcome {
    /** It is to be woken, and its budget is charged. */
    WAKE,
    /** There is nothing for it to hear that wakes it, or nothing but what it was woken for in vain. */
    NO_MAIL,
    /** It is not idle; it will be asked again when it is. */
    BUSY,
    /** Its budget is spent until a person writes, or until time has passed. */
    SPENT,
    /** It has ended. */
    ENDED
}
