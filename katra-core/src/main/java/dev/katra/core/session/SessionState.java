package dev.katra.core.session;

import java.util.Locale;

/** Where a session is in its life. */
public enum SessionState {
    /** Claimed; Claude Code has not connected yet. */
    STARTING,
    /** A turn is running. */
    WORKING,
    /** Waits for a prompt. */
    IDLE,
    /** A dialog needs a person. */
    WAITING,
    /** Over. */
    ENDED;

    /** The word that people and models see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
