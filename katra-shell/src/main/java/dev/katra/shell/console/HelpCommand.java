package dev.katra.shell.console;

import java.util.List;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra help} lists the commands, or explains one. */
@Component
class HelpCommand {

    private final CommandRegistry registry;

    HelpCommand(CommandRegistry registry) {
        this.registry = registry;
    }

    @Example(
            value = "katra help start",
            synonyms = {"man", "commands"})
    @Command(name = "help", group = Groups.KATRA, description = "List the commands, or explain one")
    @Runs(at = Runs.Where.ANYWHERE)
    void help(Caller caller, @Takes(value = Takes.ValueKind.COMMAND, optional = true) @Arguments List<String> command) {
        caller.print(
                command.isEmpty() ? Help.of(registry, caller.columns()) : Help.of(registry, command, caller.columns()));
    }
}
