package dev.katra.shell.doctor;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Help;
import dev.katra.shell.console.Runs;
import java.util.List;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** {@code katra help}. */
@Component
class HelpCommand {

    private final CommandRegistry registry;

    HelpCommand(CommandRegistry registry) {
        this.registry = registry;
    }

    @Command(name = "help", group = Groups.KATRA, description = "List the commands, or explain one")
    @Runs(at = Runs.Where.ANYWHERE)
    void help(Caller caller, @Arguments List<String> command) {
        caller.print(command.isEmpty() ? Help.of(registry) : Help.of(registry, command));
    }
}
