package dev.katra.launcher.agent;

import java.net.URI;
import java.util.List;

/** Tells what an agent's own settings mean for a session. */
public interface AgentSettings {

    /**
     * Returns what the settings, and the arguments that a user passes on, switch off of Katra.
     *
     * @param server the address of Katra's server
     */
    List<Restriction> restrictions(URI server);

    /** Returns how the agent authenticates itself where Katra leaves that to the settings. */
    AgentLogin login();
}
