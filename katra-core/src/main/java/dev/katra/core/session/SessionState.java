package dev.katra.core.session;

import java.util.Locale;

/** The states of a session. */
public enum SessionState {
    /** The session is claimed, and Claude Code has not connected yet. */
    STARTING,
    /** The session runs a turn. */
    WORKING,
    /** The session waits for a prompt. */
    IDLE,
    /** The session waits for a person, who must answer a dialog. */
    WAITING,
    /** The session has ended. */
    ENDED;

    /** Returns the name that people and models see. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
