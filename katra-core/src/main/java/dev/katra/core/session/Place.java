package dev.katra.core.session;

import java.util.Locale;

/** Where a session's screen is. */
public enum Place {
    /** The terminal in which it was started. */
    TERMINAL,
    /** A tmux session of its own. */
    TMUX;

    /** The word that people and models see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
