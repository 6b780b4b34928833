package dev.katra.shell;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.client.ServerCommandRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandLineLogging;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Streams;
import dev.katra.shell.console.Terminal;
import dev.katra.shell.prompt.LineRunner;
import dev.katra.shell.prompt.Prompt;
import dev.katra.shell.server.KatraServer;
import dev.katra.shell.server.ServerStarter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * The main class runs one command, the prompt or the server. It is the only place that reads the process's own
 * environment, folder and streams.
 */
public final class Katra {

    private Katra() {}

    /**
     * Runs the command that the words name. Without words it runs the prompt on a terminal, and the lines of standard
     * input where that is not one.
     */
    public static void main(String[] words) {
        if (words.length > 0 && words[0].equals(ServerStarter.PROCESS_NAME)) {
            int code = KatraServer.run(Arrays.copyOfRange(words, 1, words.length), System.getenv());
            if (code != 0) {
                System.exit(code);
            }
            return;
        }
        CommandLineLogging.install();
        if (words.length > 0 && words[0].equals(TrainingRun.PROCESS_NAME)) {
            System.exit(train());
        }
        StandardOutput output = new StandardOutput();
        Caller caller = caller(List.of(words), output);
        System.exit(exitCode(run(caller), output, caller));
    }

    /** Returns the command's exit code, or that of an output error if its output could not be written. */
    private static int exitCode(int code, StandardOutput output, Caller caller) {
        Optional<String> failure = output.failure();
        if (failure.isEmpty()) {
            return code;
        }
        if (output.isUnread()) {
            return ExitCode.BROKEN_PIPE;
        }
        caller.note("katra: cannot write the output: " + failure.get());
        return ExitCode.UNAVAILABLE;
    }

    private static int train() {
        try {
            TrainingRun.run(KatraHome.of(System.getenv()), line -> run(caller(line, new StandardOutput())));
            return 0;
        } catch (IOException e) {
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int run(Caller caller) {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(CommandLineApplication.class)) {
            Dispatcher dispatcher = new Dispatcher(
                    context.getBean(CommandRegistry.class),
                    new ServerCommandRunner(context.getBean(ServerStarter.class)),
                    context.getBean(Dispatcher.AgentGate.class));
            if (caller.arguments().isEmpty() && !caller.terminal().input()) {
                return new LineRunner(dispatcher).run(caller);
            }
            if (caller.arguments().isEmpty() && caller.terminal().output()) {
                return new Prompt(dispatcher, context.getBean(CommandRegistry.class)).run(caller);
            }
            Outcome outcome = dispatcher.dispatch(caller);
            if (outcome instanceof Outcome.Exec exec) {
                return become(exec, caller);
            }
            return ((Outcome.Exit) outcome).code();
        }
    }

    /**
     * Writes the program to execute into the file that the entry point reads, which executes it in its own place.
     * Without such a file it prints the command.
     */
    private static int become(Outcome.Exec exec, Caller caller) {
        String file = System.getProperty("katra.exec", "");
        if (file.isEmpty()) {
            caller.note("katra: run this: " + quoted(exec.command()));
            return 0;
        }
        try {
            Files.writeString(Path.of(file), "set -- " + quoted(exec.command()) + "\n");
            return 0;
        } catch (IOException e) {
            caller.note("katra: cannot write " + file + ": " + e.getMessage());
            return 1;
        }
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static Caller caller(List<String> words, StandardOutput output) {
        return new Caller(
                words,
                environment(),
                Path.of("").toAbsolutePath(),
                new Streams(
                        new StandardInput(System.in),
                        output.writer(),
                        writer(System.err),
                        Terminal.parse(System.getProperty("katra.terminal", "")),
                        () -> false));
    }

    /**
     * Returns the caller's environment as it was before the entry point gave Java a locale, with the home as an
     * absolute path.
     */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String locale = System.getProperty("katra.lc_all", "kept");
        if (locale.equals("unset")) {
            environment.remove("LC_ALL");
        } else if (locale.startsWith("was:")) {
            environment.put("LC_ALL", locale.substring("was:".length()));
        }
        environment.computeIfPresent(
                KatraHome.VARIABLE,
                (name, home) -> home.isBlank()
                        ? home
                        : new KatraHome(Path.of(home)).root().toString());
        return environment;
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8); // knows of the errors that a print stream keeps
    }
}
