package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Takes a caller's words to the command they mean, runs it here or in the server, and turns what it throws into a
 * message and an exit code. One-shot commands, the prompt and the server all pass here.
 */
public final class Dispatcher {

    private final CommandRegistry registry;
    private final CommandLine commandLine;
    private final CommandExecutor executor;
    private final @Nullable RemoteCommands remote;
    private final ClaudeGate claude;

    /** A dispatcher; {@code remote} is null inside the server, where every command is at home. */
    public Dispatcher(CommandRegistry registry, @Nullable RemoteCommands remote, ClaudeGate claude) {
        this.registry = registry;
        this.commandLine = new CommandLine(registry);
        this.executor = new CommandExecutor(registry);
        this.remote = remote;
        this.claude = claude;
    }

    /** Makes sure that Claude Code is there before a command that starts it; may ask and install. */
    @FunctionalInterface
    public interface ClaudeGate {

        /** The caller, with the variable that names the program if it had to be looked for. */
        Caller ready(Caller caller);
    }

    /** Runs the caller's words as a command; never throws. */
    public Outcome dispatch(Caller caller) {
        try {
            if (caller.arguments().isEmpty()) {
                caller.print(Help.of(registry));
                return Outcome.OK;
            }
            CommandLine.Read read = commandLine.read(caller.arguments());
            if (read.help()) {
                caller.print(Help.of(read.command()));
                return Outcome.OK;
            }
            Runs runs = read.command().runs();
            if (runs.ownerOnly() && !caller.variable("KATRA_SESSION_TOKEN").isEmpty()) {
                throw Failure.invalid("katra " + read.command().getName() + " is for the person who owns this Katra")
                        .hint("it cannot be run from inside a session");
            }
            RemoteCommands there = remote;
            if (there == null || runs.at() == Runs.Where.CALLER) {
                return runHere(caller, read);
            }
            return there.run(runs.startsClaude() ? claude.ready(caller) : caller, runs);
        } catch (Exception | LinkageError e) {
            return FailureReport.report(caller, e);
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    private Outcome runHere(Caller caller, CommandLine.Read read) throws Exception {
        Invocation invocation = new Invocation(caller, read.passThrough());
        executor.execute(new CommandContext(read.input(), registry, caller.out(), invocation));
        return invocation.outcome();
    }
}
