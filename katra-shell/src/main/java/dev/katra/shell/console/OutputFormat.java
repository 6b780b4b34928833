package dev.katra.shell.console;

import org.springframework.shell.core.command.annotation.Option;

/**
 * The option {@code --json} of every command that has it. The command's {@link OptionText} says what is printed.
 *
 * @param json true if the output is JSON, as {@link Json#of} writes it; false if it is text for people
 */
public record OutputFormat(
        @Option(longName = "json", description = "print …") boolean json) {}
