package dev.katra.core.session;

import java.util.Locale;

/** Tells where a session's screen is. */
public enum Place {
    /** The terminal in which it was started. */
    TERMINAL,
    /** A tmux session of its own. */
    TMUX;

    /** Returns the name that people and models see. */
    public String externalName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
