package dev.katra.core.session;

import dev.katra.core.text.ExternallyNamed;

/** The states of a session. */
public enum SessionState implements ExternallyNamed {
    /** The session is claimed, and its agent has not connected yet. */
    STARTING,
    /** The session runs a turn. */
    WORKING,
    /** The session waits for a prompt. */
    IDLE,
    /** The session waits for a person, who must answer a dialog. */
    WAITING,
    /** The session has ended. */
    ENDED;
}
