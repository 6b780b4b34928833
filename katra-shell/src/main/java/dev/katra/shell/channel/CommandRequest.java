package dev.katra.shell.channel;

import dev.katra.core.failure.Failure;
import java.util.List;
import java.util.Map;

/**
 * A command that the server is asked to run.
 *
 * @param environment the part of the caller's environment that the command needs; never kept
 * @param terminal as {@code Terminal.digits}
 * @param input all of standard input, if the command reads it
 */
public record CommandRequest(
        List<String> arguments, Map<String, String> environment, String folder, String terminal, String input) {

    /** In bytes. The server holds it a few times over. */
    static final int LARGEST_INPUT = 32 * 1024 * 1024;

    /** What is said of more than that. */
    static Failure tooLarge() {
        return Failure.invalid("the input is larger than " + LARGEST_INPUT / 1024 / 1024 + " MiB")
                .hint("hand it over in parts");
    }
}
