package dev.katra.shell.console;

import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra version} prints the version. */
@Component
class VersionCommand {

    @Example(
            value = "katra version",
            synonyms = {"ver"})
    @Command(name = "version", group = Groups.KATRA, description = "Print the version")
    @Runs(at = Runs.Where.ANYWHERE)
    void version(Caller caller) {
        caller.print("katra " + Version.current());
    }
}
