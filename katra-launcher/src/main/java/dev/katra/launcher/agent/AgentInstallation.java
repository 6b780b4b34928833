package dev.katra.launcher.agent;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.process.ProcessRunner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds an agent's program. */
public interface AgentInstallation {

    /** Returns the environment variable by which a caller names the program to use. */
    String variable();

    /**
     * Returns the program that a caller's session runs; empty if there is none.
     *
     * @param folder the caller's folder, for a relative path in the variable
     * @throws Failure NOT_FOUND if the variable names something that cannot be run
     */
    Optional<Path> find(KatraHome home, Map<String, String> callerEnvironment, Path folder);

    /** Returns the failure UNAVAILABLE that says how to get the program where there is none. */
    Failure missing();

    /**
     * Runs the program that a caller's session would run, for a moment, and returns what it says of itself.
     *
     * @throws Failure NOT_FOUND if the variable names something that cannot be run
     */
    AgentInspection inspect(
            KatraHome home, Map<String, String> callerEnvironment, Path folder, ProcessRunner processes);
}
