package dev.katra.launcher.agent;

import dev.katra.launcher.environment.SessionEnvironment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes a session that an agent is to be launched for.
 *
 * @param program the path of the agent's program
 * @param files the private folder of the session's files
 */
public record AgentLaunch(
        Path program,
        Path files,
        LaunchConversation conversation,
        Briefing briefing,
        SessionEnvironment environment,
        SessionSite site) {

    /**
     * Names the conversation that a session is in.
     *
     * @param id a UUID
     * @param resumed whether the conversation exists and goes on, rather than begins
     */
    public record LaunchConversation(String id, boolean resumed) {}

    /**
     * Holds what an agent is told at the start.
     *
     * @param persona the name of the session's persona
     * @param role what the persona is there for, in the user's words; null for nothing in particular
     * @param prompt the first prompt; null to wait for a person
     */
    public record Briefing(
            String persona, @Nullable String role, @Nullable String prompt) {}
}
