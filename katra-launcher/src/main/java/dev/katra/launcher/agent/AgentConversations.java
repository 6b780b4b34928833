package dev.katra.launcher.agent;

/** Looks up the conversations that an agent has kept. */
@FunctionalInterface
public interface AgentConversations {

    /** Returns whether the agent can resume the conversation with this id. */
    boolean canResume(String conversation);
}
