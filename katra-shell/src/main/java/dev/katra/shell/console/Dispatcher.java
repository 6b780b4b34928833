package dev.katra.shell.console;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * Finds the command that a caller's words mean, runs it here or in the server, and turns what it throws into a message
 * and an exit code. One-shot commands, the prompt and the server all use it.
 */
public final class Dispatcher {

    private final CommandRegistry registry;
    private final CommandNames names;
    private final CommandLineParser parser;
    private final CommandExecutor executor;
    private final @Nullable RemoteCommandRunner remote;
    private final AgentGate gate;

    /** Creates a dispatcher; {@code remote} is null inside the server, where every command runs. */
    public Dispatcher(CommandRegistry registry, @Nullable RemoteCommandRunner remote, AgentGate gate) {
        this.registry = registry;
        this.names = new CommandNames(registry);
        this.parser = new CommandLineParser(names);
        this.executor = new CommandExecutor(registry);
        this.remote = remote;
        this.gate = gate;
    }

    /** An AgentGate makes sure that the agent is there before a command that starts it. It may ask and install. */
    @FunctionalInterface
    public interface AgentGate {

        /** Returns the caller, for whom the agent is there now. */
        Caller ensureInstalled(Caller caller);
    }

    /** Runs the caller's words as a command. Never throws. */
    public Outcome dispatch(Caller caller) {
        try {
            if (caller.arguments().isEmpty()) {
                caller.print(Help.of(registry, caller.columns()));
                return Outcome.OK;
            }
            List<String> words = expandAliases(caller.arguments());
            Optional<String> noun = names.noun(words);
            if (noun.isPresent()) {
                caller.print(Help.ofNoun(registry, noun.get(), caller.columns()));
                return Outcome.OK;
            }
            CommandLineParser.ParsedCommandLine read = parser.parse(words);
            if (read.help()) {
                caller.print(Help.of(read.command(), caller.columns()));
                return Outcome.OK;
            }
            Runs runs = read.command().runs();
            if (isRefused(runs, caller)) {
                throw Failure.invalid("katra " + read.command().getName() + " is for the person who owns this Katra")
                        .hint("it cannot be run from inside a session");
            }
            RemoteCommandRunner there = remote;
            if (there == null || runs.at() != Runs.Where.SERVER) {
                return runHere(caller, read);
            }
            Caller asked = runs.readsInput() && readsStandardInput(read) ? caller : caller.withoutInput();
            return there.run(runs.startsAgent() ? gate.ensureInstalled(caller) : asked, runs);
        } catch (Exception | LinkageError e) {
            return FailureReport.report(caller, e);
        } finally {
            caller.out().flush();
            caller.err().flush();
        }
    }

    /** Reports the failure to the caller, as that of a command, and returns its exit code. */
    public int reportFailure(Caller caller, Failure failure) {
        return ((Outcome.Exit) FailureReport.report(caller, (Throwable) failure)).code();
    }

    /**
     * The needs of a command say what it needs of its caller.
     *
     * @param callersProcess true if it runs only in the caller's process
     * @param environment true if it needs the caller's whole environment
     * @param input true if it reads standard input
     * @param agent true if it needs the agent
     */
    public record CommandNeeds(boolean callersProcess, boolean environment, boolean input, boolean agent) {

        private static final CommandNeeds NOTHING = new CommandNeeds(false, false, false, false);
    }

    /** Returns what the caller's words need; nothing if they are not a command, or only ask for help. */
    public CommandNeeds needsOf(Caller caller) {
        if (caller.arguments().isEmpty()) {
            return CommandNeeds.NOTHING;
        }
        try {
            CommandLineParser.ParsedCommandLine read = parser.parse(expandAliases(caller.arguments()));
            Runs runs = read.command().runs();
            if (read.help() || isRefused(runs, caller)) {
                return CommandNeeds.NOTHING;
            }
            return new CommandNeeds(
                    runs.at() == Runs.Where.CALLER,
                    runs.wholeEnvironment(),
                    runs.readsInput() && readsStandardInput(read),
                    runs.startsAgent());
        } catch (Failure e) {
            return CommandNeeds.NOTHING; // which running them says
        }
    }

    private static boolean isRefused(Runs runs, Caller caller) {
        return runs.ownerOnly()
                && !caller.variable(SessionContract.TOKEN_VARIABLE).isEmpty();
    }

    /** Replaces an option that people type first with any program, such as {@code --version}, by the command for it. */
    private static List<String> expandAliases(List<String> typed) {
        return switch (typed.get(0)) {
            case "--help", "-h", "-?", "?" -> instead("help", typed);
            case "--version", "-version", "-V", "-v" -> instead("version", typed);
            default -> typed;
        };
    }

    private static List<String> instead(String command, List<String> typed) {
        return Stream.concat(Stream.of(command), typed.stream().skip(1)).toList();
    }

    /**
     * Returns whether the command reads standard input, which is so only where no text is given: a loop that reads
     * lines must not lose them to the command in it.
     */
    private static boolean readsStandardInput(CommandLineParser.ParsedCommandLine read) {
        List<String> given =
                read.input().arguments().stream().map(CommandArgument::value).toList();
        int before = read.command().argumentsBeforeText();
        return given.isEmpty()
                || (given.size() == before + 1 && given.get(before).equals("-"));
    }

    private Outcome runHere(Caller caller, CommandLineParser.ParsedCommandLine read) throws Exception {
        Invocation invocation = new Invocation(caller, read.passThrough());
        executor.execute(new CommandContext(read.input(), registry, caller.out(), invocation));
        return invocation.outcome();
    }
}
