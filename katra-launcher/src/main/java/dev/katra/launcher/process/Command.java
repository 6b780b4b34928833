package dev.katra.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run to its end. The environment is exact: nothing of ours is added to it.
 *
 * @param argv the program, a path or a name looked up on the environment's PATH, and its arguments
 * @param environment the whole environment of the program
 * @param folder where it runs
 * @param stdin what it reads; null for nothing
 * @param timeout after which it is killed
 */
public record Command(
        List<String> argv,
        Map<String, String> environment,
        Path folder,
        @Nullable String stdin,
        Duration timeout) {

    private static final Duration USUAL = Duration.ofSeconds(10);

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("argv is empty");
        }
    }

    /** A command that reads nothing and is given ten seconds. */
    public static Command of(List<String> argv, Map<String, String> environment, Path folder) {
        return new Command(argv, environment, folder, null, USUAL);
    }

    /** The same command with another time limit. */
    public Command within(Duration limit) {
        return new Command(argv, environment, folder, stdin, limit);
    }

    /** The same command reading this text. */
    public Command reading(String text) {
        return new Command(argv, environment, folder, text, timeout);
    }

    /** The program alone: arguments and environment may hold what a log must not. */
    public String program() {
        return argv.get(0);
    }

    @Override
    public String toString() {
        return "Command[" + program() + "]";
    }
}
