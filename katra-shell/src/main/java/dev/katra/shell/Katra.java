package dev.katra.shell;

import dev.katra.core.home.KatraHome;
import dev.katra.shell.channel.ServerCommands;
import dev.katra.shell.claude.ClaudeAtHand;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandLineLogging;
import dev.katra.shell.console.Dispatcher;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Terminal;
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
import java.util.stream.Collectors;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.shell.core.command.CommandRegistry;

/**
 * The program: one command, or the prompt, or the server. The one place that reads the process's own environment,
 * folder and streams.
 */
public final class Katra {

    private Katra() {}

    /** Runs what the words say; without words, the prompt. */
    public static void main(String[] words) {
        if (words.length > 0 && words[0].equals(ServerStarter.PROCESS_NAME)) {
            int code = KatraServer.run(Arrays.copyOfRange(words, 1, words.length), System.getenv());
            if (code != 0) {
                System.exit(code);
            }
            return;
        }
        CommandLineLogging.use();
        if (words.length > 0 && words[0].equals(Training.PROCESS_NAME)) {
            System.exit(train());
        }
        System.exit(run(caller(List.of(words))));
    }

    private static int train() {
        try {
            Training.run(KatraHome.of(System.getenv()), line -> run(caller(line)));
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
                    new ServerCommands(context.getBean(ServerStarter.class)),
                    context.getBean(ClaudeAtHand.class));
            if (caller.arguments().isEmpty()
                    && caller.terminal().input()
                    && caller.terminal().output()) {
                return new Prompt(dispatcher, context.getBean(CommandRegistry.class)).run(caller);
            }
            Outcome outcome = dispatcher.dispatch(caller);
            if (outcome instanceof Outcome.Exec exec) {
                return become(exec, caller);
            }
            return ((Outcome.Exit) outcome).code();
        }
    }

    /** Leaves the program to become to the entry point, which executes it in its own place. */
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

    private static Caller caller(List<String> words) {
        return new Caller(
                words,
                environment(),
                Path.of("").toAbsolutePath(),
                Terminal.of(System.getProperty("katra.terminal", "")),
                new StandardInput(System.in),
                writer(System.out),
                writer(System.err),
                () -> false);
    }

    /** The caller's environment as it was before the entry point gave Java a locale; the home by its absolute path. */
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
                        : KatraHome.of(System.getenv()).root().toString());
        return environment;
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8); // knows of the errors that a print stream keeps
    }
}
