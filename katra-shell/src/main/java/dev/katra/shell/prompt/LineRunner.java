package dev.katra.shell.prompt;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs commands from a pipe or a file, a line each, as the prompt takes them. */
public final class LineRunner {

    private final Dispatcher dispatcher;

    /** Creates a runner of lines that uses this dispatcher. */
    public LineRunner(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Runs every line of the caller's input as it comes, also after one that fails; without any line it prints the help.
     *
     * @return the exit code of the last command
     */
    public int run(Caller caller) {
        int code = ExitCode.OK;
        int run = 0;
        try {
            for (Optional<String> line = caller.input().nextLine();
                    line.isPresent();
                    line = caller.input().nextLine()) {
                Optional<Integer> ended = run(caller, line.get());
                if (ended.isPresent()) {
                    code = ended.get();
                    run++;
                } else if (Prompt.isExit(line.get())) {
                    return code;
                }
            }
        } catch (IOException e) {
            return dispatcher.reportFailure(
                    caller,
                    Failure.unavailable("cannot read standard input: " + e.getMessage())
                            .hint("give one command as arguments: katra help")
                            .cause(e));
        }
        return run == 0
                ? code(caller, dispatcher.dispatch(caller.with(List.of()).withoutInput()))
                : code;
    }

    /** Runs a line and returns its exit code; empty if there is no command in it. */
    private Optional<Integer> run(Caller caller, String line) {
        List<String> words;
        try {
            words = LineParser.words(line);
        } catch (Failure e) {
            return Optional.of(dispatcher.reportFailure(caller, e));
        }
        return words.isEmpty() || Prompt.isExit(line)
                ? Optional.empty()
                : Optional.of(
                        code(caller, dispatcher.dispatch(caller.with(words).withoutInput())));
    }

    private int code(Caller caller, Outcome outcome) {
        if (outcome instanceof Outcome.Exit exit) {
            return exit.code();
        }
        try {
            return new ProcessBuilder(((Outcome.Exec) outcome).command())
                    .inheritIO()
                    .redirectInput(
                            ProcessBuilder.Redirect.from(new java.io.File("/dev/null"))) // the lines are not for it
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return dispatcher.reportFailure(
                    caller,
                    Failure.unavailable("cannot run "
                                    + ((Outcome.Exec) outcome).command().get(0) + ": " + e.getMessage())
                            .hint("katra doctor")
                            .cause(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        }
    }
}
