package dev.katra.launcher;

import dev.katra.core.session.Session;
import java.util.List;

/** Tells how a successful start went: in the background or in the foreground. */
public sealed interface StartOutcome {

    /** Returns the session that was started. */
    Session session();

    /**
     * A session that is up in a tmux session of its own.
     *
     * @param persona the name of the persona whose session it is
     * @param tmuxSession the name of the tmux session
     */
    record Background(Session session, String persona, String tmuxSession) implements StartOutcome {}

    /**
     * A session that is ready to begin in the caller's terminal.
     *
     * @param command the command line that the caller's process must become
     */
    record Foreground(Session session, List<String> command) implements StartOutcome {

        public Foreground {
            command = List.copyOf(command);
        }
    }
}
