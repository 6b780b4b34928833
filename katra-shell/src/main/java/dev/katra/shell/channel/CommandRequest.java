package dev.katra.shell.channel;

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
        List<String> arguments, Map<String, String> environment, String folder, String terminal, String input) {}
