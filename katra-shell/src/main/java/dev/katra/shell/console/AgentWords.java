package dev.katra.shell.console;

import dev.katra.launcher.agent.Agent;
import dev.katra.launcher.agent.Agents;

/**
 * Fills the agent's names into the texts of commands, which stand in annotations and cannot ask for them: {@code
 * {agent}} is "Claude Code", {@code {agent-name}} "Claude", {@code {agent-command}} "claude", {@code {agent-file}}
 * "CLAUDE.md" and {@code {agent-folder}} "~/.claude".
 */
final class AgentWords {

    private AgentWords() {}

    /** Returns the text with the agent's names in the places for them. */
    static String fill(String text) {
        if (!text.contains("{agent")) {
            return text;
        }
        Agent agent = Agents.standard();
        return text.replace("{agent}", agent.displayName())
                .replace("{agent-name}", agent.shortName())
                .replace("{agent-command}", agent.command())
                .replace("{agent-file}", agent.instructionsFile())
                .replace("{agent-folder}", agent.userFolder());
    }
}
