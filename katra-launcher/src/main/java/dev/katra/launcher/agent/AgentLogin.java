package dev.katra.launcher.agent;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells where an agent sends requests and how it authenticates itself there, when Katra leaves that to the person's own
 * settings.
 */
public interface AgentLogin {

    /** Returns the endpoint that the settings name, without any password; null for that of the agent's maker. */
    @Nullable
    String endpoint();

    /** Returns the place of the credential; null if none was found, and then the agent asks for a login. */
    @Nullable
    String credentialPlace();

    /** Returns whether the settings lead elsewhere than to the agent's maker. */
    boolean leadsElsewhere();

    /** Returns the destination in one line; empty if it is the agent's maker. */
    Optional<String> text();
}
