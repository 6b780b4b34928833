package dev.katra.core.wake;

/** Knows which sessions can be woken. */
public interface Listening {

    /** Whether something waits in the session's background for the word to wake it. */
    boolean listening(long sessionId);
}
