package dev.katra.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a program to run to its end. The environment is exact: nothing is added to it.
 *
 * @param argv the program, a path or a name looked up on the environment's PATH, and its arguments
 * @param environment the whole environment of the program
 * @param folder the folder in which the program runs
 * @param stdin the text that the program reads; null for nothing
 * @param timeout the time after which the program is killed
 */
public record ProcessCommand(
        List<String> argv,
        Map<String, String> environment,
        Path folder,
        @Nullable String stdin,
        Duration timeout) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public ProcessCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv is empty");
        }
    }

    /** Returns a command that reads nothing and is killed after ten seconds. */
    public static ProcessCommand of(List<String> argv, Map<String, String> environment, Path folder) {
        return new ProcessCommand(argv, environment, folder, null, DEFAULT_TIMEOUT);
    }

    /** Returns this command with another time limit. */
    public ProcessCommand withTimeout(Duration limit) {
        return new ProcessCommand(argv, environment, folder, stdin, limit);
    }

    /** Returns this command with a text to read. */
    public ProcessCommand withStdin(String text) {
        return new ProcessCommand(argv, environment, folder, text, timeout);
    }

    /** Returns the program without its arguments, for logs: arguments and environment may hold secrets. */
    public String program() {
        return argv.get(0);
    }

    @Override
    public String toString() {
        return "Command[" + program() + "]";
    }
}
