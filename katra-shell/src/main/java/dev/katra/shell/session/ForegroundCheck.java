package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.agent.Agent;
import dev.katra.shell.console.Caller;
import java.util.List;

/** Checks what a session in the caller's own terminal needs. */
final class ForegroundCheck {

    private ForegroundCheck() {}

    /**
     * Requires a terminal, unless the agent is to answer one prompt: without one it waits for ever for a person.
     *
     * @throws Failure INVALID if there is none
     */
    static void requireTerminal(Caller caller, Agent agent, List<String> passedOn) {
        boolean terminal = caller.terminal().input() && caller.terminal().output();
        if (!terminal && !agent.session(passedOn).answersOnePrompt()) {
            String which = caller.terminal().input() ? "standard output" : "standard input";
            throw Failure.invalid("a session in the foreground needs a terminal, and " + which + " is not one")
                    .hint("add -b, which runs it in tmux, or -- -p for one answer");
        }
    }
}
