package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A CommandRequest asks the server to run a command.
 *
 * @param environment the part of the caller's environment that the command needs; never kept
 * @param terminal as {@code Terminal.digits}
 * @param input all of standard input, if the command reads it
 */
public record CommandRequest(
        List<String> arguments, Map<String, String> environment, String folder, String terminal, String input) {

    public CommandRequest {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(folder, "folder is null");
        Objects.requireNonNull(terminal, "terminal is null");
        Objects.requireNonNull(input, "input is null");
    }

    /**
     * The maximum size of standard input, in bytes; a text that is decoded already is measured in characters. The
     * server holds the input in memory a few times over.
     */
    public static final int MAX_INPUT_BYTES = 32 * 1024 * 1024;

    /** Returns the failure of an input that is larger than that. */
    public static Failure inputTooLarge() {
        return Failure.invalid("the input is larger than " + MAX_INPUT_BYTES / 1024 / 1024 + " MiB")
                .hint("hand it over in parts");
    }
}
