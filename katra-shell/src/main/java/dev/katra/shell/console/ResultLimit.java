package dev.katra.shell.console;

import org.springframework.shell.core.command.annotation.Option;

/** The option {@code --limit} of every command that looks for memories or past turns. */
public record ResultLimit(
        @Takes(Takes.ValueKind.COUNT)
        @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
        Integer value) {}
