package dev.katra.launcher.agent;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.environment.SessionEnvironment;

/** A session of an agent that is yet to be launched, with the arguments that a user passes on. */
public interface AgentSession {

    /** Returns whether the agent answers one prompt and ends, so that it needs no terminal. */
    boolean answersOnePrompt();

    /** Reads the agent's own settings as they will hold for the session. */
    AgentSettings settings(SessionEnvironment environment, SessionSite site);

    /**
     * Writes the files that bind the agent to Katra's server, and returns what is to be started.
     *
     * @throws Failure INVALID if something that the user passes on cannot be read or merged
     */
    PreparedLaunch prepare(AgentLaunch launch);
}
