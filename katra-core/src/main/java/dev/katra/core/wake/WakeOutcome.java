package dev.katra.core.wake;

/** The answer to the question whether to wake a session. */
public enum WakeOutcome {
    /** The session is to be woken, and its budget is charged. */
    WAKE,
    /** There is no mail that wakes it, or none but that for which it was woken in vain. */
    NO_MAIL,
    /** The session is not idle; the question is asked again when it is. */
    BUSY,
    /** Its budget is spent until a person writes, or until time has passed. */
    SPENT,
    /** The session has ended. */
    ENDED
}
