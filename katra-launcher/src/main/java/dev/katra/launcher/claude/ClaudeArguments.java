package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.AgentLaunch.Briefing;
import dev.katra.launcher.agent.AgentLaunch.LaunchConversation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Composes the client's command line for one session. It holds no secret.
 *
 * @param program the path of the client
 * @param model the model's name; null for the client's own choice
 * @param files the session's files
 * @param user the arguments that the user passes on
 */
record ClaudeArguments(
        Path program,
        LaunchConversation conversation,
        Briefing briefing,
        @Nullable String model,
        ClaudeFiles files,
        UserArguments user) {

    ClaudeArguments {
        if (briefing.prompt() != null && !user.operands().isEmpty()) {
            throw Failure.invalid("the prompt is given twice, by --prompt and among claude's arguments")
                    .hint("give it once: --prompt TEXT");
        }
    }

    /** Returns the program and its arguments. The prompt comes last, where no option can swallow it. */
    List<String> argv() {
        List<String> argv = new ArrayList<>();
        argv.add(program.toString());
        // Written with "=", because --mcp-config would otherwise take the words that follow it too.
        argv.add("--settings=" + files.settings());
        argv.add("--mcp-config=" + files.mcpConfig());
        argv.add((conversation.resumed() ? "--resume=" : "--session-id=") + conversation.id());
        if (model != null) {
            argv.add("--model=" + model);
        }
        argv.add("--append-system-prompt=" + systemPrompt());
        argv.addAll(user.options());
        String prompt = briefing.prompt();
        List<String> operands = prompt == null ? user.operands() : List.of(prompt);
        if (!operands.isEmpty()) {
            argv.add("--");
            argv.addAll(operands);
        }
        return List.copyOf(argv);
    }

    /**
     * Joins Katra's system prompt and the user's own, because the client takes only the last of several {@code
     * --append-system-prompt}.
     */
    private String systemPrompt() {
        List<String> parts = new ArrayList<>();
        parts.add("You are " + briefing.persona() + ", one of several Claude Code sessions that work in one room."
                + " Your teammates hear you through the tool katra_say and nothing else;"
                + " katra_hear gives you what they said to you, katra_who_is_here who they are.");
        String role = briefing.role();
        if (role != null && !role.isBlank()) {
            parts.add("Your role: " + role);
        }
        parts.addAll(user.systemPrompts());
        return String.join("\n\n", parts);
    }
}
