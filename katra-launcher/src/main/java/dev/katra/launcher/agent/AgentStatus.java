package dev.katra.launcher.agent;

import java.time.Instant;

/**
 * Holds what an agent says that it does.
 *
 * @param waitingFor what it waits for, in a few words such as "a permission"; of no meaning if it does not wait
 * @param since the time at which it began to do so
 * @param processStart the start of its process as the agent has noted it; empty if it has not
 */
public record AgentStatus(Activity activity, String waitingFor, Instant since, String processStart) {

    /** Tells what an agent does. */
    public enum Activity {
        /** The agent works at a turn. */
        BUSY,
        /** The agent waits for a prompt. */
        IDLE,
        /** A dialog on the agent's screen waits for a person. */
        WAITING,
        /** The agent reports a status that Katra does not know. */
        OTHER
    }
}
