package dev.katra.launcher;

import dev.katra.core.session.Session;
import java.util.List;

/** How a start went that did not fail. */
public sealed interface StartOutcome {

    /** The session. */
    Session session();

    /** It is up, in a tmux session of its own. */
    record Background(Session session, String tmuxSession) implements StartOutcome {}

    /**
     * It is ready to begin in the caller's terminal.
     *
     * @param command what the caller's process must become
     */
    record Foreground(Session session, List<String> command) implements StartOutcome {

        public Foreground {
            command = List.copyOf(command);
        }
    }
}
