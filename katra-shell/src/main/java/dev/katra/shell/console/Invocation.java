package dev.katra.shell.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.command.CommandContext;

/**
 * An Invocation is one run of a command. It carries the caller through Spring Shell to the command, and the outcome
 * back.
 */
final class Invocation implements InputReader {

    private final Caller caller;
    private final List<String> passThrough;
    private @Nullable Outcome outcome;

    Invocation(Caller caller, List<String> passThrough) {
        this.caller = caller;
        this.passThrough = List.copyOf(passThrough);
    }

    static Invocation of(CommandContext context) {
        return (Invocation) context.inputReader();
    }

    Caller caller() {
        return caller;
    }

    List<String> passThrough() {
        return passThrough;
    }

    void setOutcome(Outcome how) {
        outcome = how;
    }

    Outcome outcome() {
        return outcome == null ? Outcome.OK : outcome;
    }
}
