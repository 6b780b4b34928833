package dev.katra.launcher.agent;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.core.turn.TranscriptReader;
import dev.katra.core.upstream.Upstream;
import dev.katra.core.usage.UsageTranscripts;
import dev.katra.launcher.environment.LaunchTarget;
import dev.katra.launcher.environment.SessionEnvironment;
import dev.katra.launcher.environment.SessionIdentity;
import dev.katra.launcher.provider.ProviderCatalog;
import dev.katra.launcher.provider.ProviderClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows one program that sessions can run: where it is, what it is given, what it shows, and what it keeps. An agent has
 * no state and may be used by any thread.
 */
public interface Agent extends ProviderClient {

    @Override
    String displayName();

    /** Returns the agent's name where it stands before what is the agent's, such as its login or its conversations. */
    String shortName();

    /** Returns the name of the agent's program, as a person types it. */
    String command();

    /** Returns the name of the file in which a project keeps instructions for the agent. */
    String instructionsFile();

    /** Returns the folder with the user's own configuration of the agent, as a person types it. */
    String userFolder();

    /** Returns what finds the agent's program. */
    AgentInstallation installation();

    /**
     * Returns the exact environment of a session. Nothing is started and nothing is written.
     *
     * @throws Failure NOT_FOUND for an unknown provider, UNAVAILABLE for a missing key, INVALID for a route the
     *     provider does not have
     */
    SessionEnvironment environment(
            ProviderCatalog catalog,
            LaunchTarget target,
            SessionIdentity identity,
            Map<String, String> callerEnvironment);

    /**
     * Returns the endpoint behind the gateway that serves a session with this environment; empty on the other routes.
     *
     * @param trace whether the gateway writes a trace of what passes
     */
    Optional<Upstream> upstream(SessionEnvironment environment, boolean trace);

    /**
     * Returns a session that is yet to be launched.
     *
     * @param passedOn the arguments that a user passes on to the agent
     * @throws Failure INVALID for an argument that Katra decides, or one whose value is missing
     */
    AgentSession session(List<String> passedOn);

    /**
     * Reads the agent's own settings, and changes none of them.
     *
     * @param environment the environment that the agent is started with
     * @param folder the folder in which it works
     */
    AgentSettings settings(Map<String, String> environment, Path folder);

    /** Returns the folder with the configuration that belongs to Katra and one persona, whether it is there or not. */
    Path isolatedFolder(KatraHome home, String persona);

    /** Returns the conversations that the agent has kept for an isolated persona. */
    AgentConversations isolatedConversations(KatraHome home, String persona);

    /** Returns the conversations that the agent has kept for a caller with this environment. */
    AgentConversations conversations(Map<String, String> environment);

    /** Returns what reads the transcripts of the agent's conversations. */
    TranscriptReader transcripts();

    /** Returns what reads the requests of the agent's sessions in its transcripts. */
    UsageTranscripts usageTranscripts();

    /**
     * Returns what the agent does at a screen that shows one of its dialogs, as the rest of a sentence that begins with
     * the agent's name; empty if the screen shows none.
     */
    Optional<String> dialogOn(String screen);

    /**
     * Returns the path of the file in which the agent keeps the status of a process.
     *
     * @param configuration the agent's configuration folder
     */
    Path statusFile(Path configuration, long pid);

    /** Returns the status in a file; empty if there is none, or if it is just being written. */
    Optional<AgentStatus> readStatus(Path file);
}
