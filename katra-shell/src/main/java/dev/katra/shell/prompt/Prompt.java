package dev.katra.shell.prompt;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.springframework.shell.core.command.CommandRegistry;

/** The prompt reads and runs commands, with history, help and completion. */
public final class Prompt {

    private static final List<String> EXIT_WORDS = List.of("exit", "quit");

    private final Dispatcher dispatcher;
    private final CommandRegistry registry;

    /** Creates a prompt over these commands. */
    public Prompt(Dispatcher dispatcher, CommandRegistry registry) {
        this.dispatcher = dispatcher;
        this.registry = registry;
    }

    /** Reads and runs lines until the person leaves, and returns the exit code of the last command. */
    public int run(Caller caller) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            terminal.handle(Terminal.Signal.INT, signal -> {}); // at no time may Ctrl-C end the prompt
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("katra")
                    .parser(new DefaultParser())
                    .completer(new WordCompleter(registry, new CompletionNames(dispatcher, caller)))
                    .variable(LineReader.HISTORY_FILE, caller.home().create().history())
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            reader.unsetOpt(LineReader.Option.INSERT_TAB);
            int code = ExitCode.OK;
            while (true) {
                try {
                    String line = reader.readLine(new AttributedString("katra> ").toAnsi(terminal));
                    if (isExit(line)) {
                        return code;
                    }
                    code = run(caller, line, terminal).orElse(code);
                } catch (UserInterruptException e) {
                    // of a line that was not sent, which says nothing of the commands before it
                } catch (EndOfFileException e) {
                    return code;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the line asks to leave. */
    static boolean isExit(String line) {
        return EXIT_WORDS.contains(line.strip());
    }

    /** Runs a line and returns its exit code; empty if there is no command in it, or Ctrl-C has ended it. */
    private Optional<Integer> run(Caller caller, String line, Terminal terminal) throws IOException {
        List<String> words;
        try {
            words = LineParser.words(line);
        } catch (Failure e) {
            return Optional.of(dispatcher.reportFailure(caller, e));
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Caller here = caller.with(words)
                .with(caller.streams().withTerminal(caller.terminal().columns(terminal.getWidth())));
        return Optional.of(run(here, terminal)).filter(code -> code != ExitCode.CANCELLED);
    }

    /** Runs a command and returns its exit code. Ctrl-C ends the command, not the prompt. */
    private int run(Caller caller, Terminal terminal) throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread runner = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> {
            cancelled.set(true);
            runner.interrupt();
        });
        try {
            Outcome outcome = dispatcher.dispatch(caller.disconnectedWhen(cancelled::get));
            if (cancelled.get()) {
                return ExitCode.CANCELLED;
            }
            if (outcome instanceof Outcome.Exec exec) {
                terminal.handle(Terminal.Signal.INT, before); // it is the program's own
                return become(exec, terminal);
            }
            return ((Outcome.Exit) outcome).code();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            Thread.interrupted(); // by a Ctrl-C that came when the command had just ended
        }
    }

    /** Lends the terminal to the program, waits for its end, and returns its exit code. */
    private static int become(Outcome.Exec exec, Terminal terminal) throws IOException {
        terminal.pause();
        try {
            return new ProcessBuilder(exec.command()).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.CANCELLED;
        } finally {
            terminal.resume();
        }
    }
}
