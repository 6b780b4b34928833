package dev.katra.shell.console;

import dev.katra.core.failure.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
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
            CommandLine.Read read = commandLine.read(words(caller.arguments()));
            if (read.help()) {
                caller.print(Help.of(read.command()));
                return Outcome.OK;
            }
            Runs runs = read.command().runs();
            if (refused(runs, caller)) {
                throw Failure.invalid("katra " + read.command().getName() + " is for the person who owns this Katra")
                        .hint("it cannot be run from inside a session");
            }
            RemoteCommands there = remote;
            if (there == null || runs.at() != Runs.Where.SERVER) {
                return runHere(caller, read);
            }
            Caller asked = runs.readsInput() && wantsInput(read) ? caller : caller.withoutInput();
            return there.run(runs.startsClaude() ? claude.ready(caller) : asked, runs);
        } catch (Exception | LinkageError e) {
            return FailureReport.report(caller, e);
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    /**
     * What a command wants of its caller.
     *
     * @param callersProcess it runs only there
     * @param environment the whole of it
     * @param input what can be read from it
     * @param claude that Claude Code is there
     */
    public record Wants(boolean callersProcess, boolean environment, boolean input, boolean claude) {

        private static final Wants NOTHING = new Wants(false, false, false, false);
    }

    /** What the caller's words want; nothing if they are no command, or only ask for help. */
    public Wants wants(Caller caller) {
        if (caller.arguments().isEmpty()) {
            return Wants.NOTHING;
        }
        try {
            CommandLine.Read read = commandLine.read(words(caller.arguments()));
            Runs runs = read.command().runs();
            if (read.help() || refused(runs, caller)) {
                return Wants.NOTHING;
            }
            return new Wants(
                    runs.at() == Runs.Where.CALLER,
                    runs.wholeEnvironment(),
                    runs.readsInput() && wantsInput(read),
                    runs.startsClaude());
        } catch (Failure e) {
            return Wants.NOTHING; // which running them says
        }
    }

    private static boolean refused(Runs runs, Caller caller) {
        return runs.ownerOnly() && !caller.variable("KATRA_SESSION_TOKEN").isEmpty();
    }

    /** What people type first, with any program. */
    private static List<String> words(List<String> typed) {
        return switch (typed.get(0)) {
            case "--help", "-h" -> List.of("help");
            case "--version", "-V" -> List.of("version");
            default -> typed;
        };
    }

    /** Only where no text is given: a loop that reads lines must not lose them to the command in it. */
    private static boolean wantsInput(CommandLine.Read read) {
        List<String> given =
                read.input().arguments().stream().map(CommandArgument::value).toList();
        int before = read.command().argumentsBeforeText();
        return given.isEmpty()
                || (given.size() == before + 1 && given.get(before).equals("-"));
    }

    private Outcome runHere(Caller caller, CommandLine.Read read) throws Exception {
        Invocation invocation = new Invocation(caller, read.passThrough());
        executor.execute(new CommandContext(read.input(), registry, caller.out(), invocation));
        return invocation.outcome();
    }
}
