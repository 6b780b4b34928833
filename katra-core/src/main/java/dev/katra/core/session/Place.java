package dev.katra.core.session;

import dev.katra.core.text.ExternallyNamed;

/** Tells where a session's screen is. */
public enum Place implements ExternallyNamed {
    /** The terminal in which it was started. */
    TERMINAL,
    /** A tmux session of its own. */
    TMUX;
}
