package dev.katra.shell.room;

import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The option {@code --as} of every command that a person may run under another name. The command's {@link OptionText}
 * says what the name is for, and {@link ActorResolver} finds out who is meant.
 *
 * @param name the name; null for KATRA_AS or the login name
 */
public record ActingAs(
        @Takes(Takes.ValueKind.PERSON)
        @Option(longName = "as", description = "… (default: KATRA_AS, or your login name)")
        @Nullable
        String name) {}
