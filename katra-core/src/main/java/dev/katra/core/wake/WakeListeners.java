package dev.katra.core.wake;

/** Knows which sessions wait for the wake signal. */
public interface WakeListeners {

    /** Returns whether something in the session's background waits for the signal that wakes it. */
    boolean isListening(long sessionId);
}
