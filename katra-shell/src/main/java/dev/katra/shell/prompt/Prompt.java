package dev.katra.shell.prompt;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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

/** The prompt: the same commands, with history, help and completion. */
public final class Prompt {

    private static final List<String> LEAVE = List.of("exit", "quit");

    private final Dispatcher dispatcher;
    private final CommandRegistry registry;

    /** A prompt over these commands. */
    public Prompt(Dispatcher dispatcher, CommandRegistry registry) {
        this.dispatcher = dispatcher;
        this.registry = registry;
    }

    /** Reads and runs lines until the person leaves; the exit code of the last command. */
    public int run(Caller caller) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            terminal.handle(Terminal.Signal.INT, signal -> {}); // at no time may Ctrl-C end the prompt
            LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .appName("katra")
                    .parser(new DefaultParser())
                    .completer(new WordCompleter(registry, new Names(dispatcher, caller)))
                    .variable(LineReader.HISTORY_FILE, caller.home().create().history())
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            reader.unsetOpt(LineReader.Option.INSERT_TAB);
            int code = ExitCode.OK;
            while (true) {
                try {
                    String line = reader.readLine(new AttributedString("katra> ").toAnsi(terminal));
                    List<String> words = words(line, reader.getParsedLine().words());
                    if (words.isEmpty()) {
                        continue;
                    }
                    if (LEAVE.contains(words.get(0))) {
                        return code;
                    }
                    code = run(caller.with(words), terminal);
                } catch (UserInterruptException e) {
                    code = ExitCode.CANCELLED;
                } catch (EndOfFileException e) {
                    return code;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JLine takes a blank at the end of a line, as completion leaves one, for the start of another word. */
    private static List<String> words(String line, List<String> parsed) {
        int last = parsed.size() - 1;
        boolean blankAtEnd = line.stripTrailing().length() < line.length();
        boolean begun = last >= 0 && parsed.get(last).isEmpty() && (line.isEmpty() || blankAtEnd);
        return begun ? parsed.subList(0, last) : parsed;
    }

    /** Ctrl-C ends the command, not the prompt. */
    private int run(Caller caller, Terminal terminal) throws IOException {
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread runner = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> {
            cancelled.set(true);
            runner.interrupt();
        });
        try {
            Outcome outcome = dispatcher.dispatch(caller.until(cancelled::get));
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

    /** Lends the terminal to the program and waits for its end. */
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
