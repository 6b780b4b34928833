package dev.katra.shell.doctor;

import dev.katra.shell.Version;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** {@code katra version}. */
@Component
class VersionCommand {

    @Command(name = "version", group = Groups.KATRA, description = "Print the version")
    @Runs(at = Runs.Where.ANYWHERE)
    void version(Caller caller) {
        caller.print("katra " + Version.current());
    }
}
