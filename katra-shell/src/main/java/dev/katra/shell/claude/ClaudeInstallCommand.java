package dev.katra.shell.claude;

import dev.katra.launcher.claude.ClaudeInstall;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Runs;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra claude install} installs Claude Code into the home. */
@Component
class ClaudeInstallCommand {

    private final ClaudeProvisioner claude;
    private final ProcessRunner processes;

    ClaudeInstallCommand(ClaudeProvisioner claude, ProcessRunner processes) {
        this.claude = claude;
        this.processes = processes;
    }

    @Example(
            value = "katra claude install",
            synonyms = {"install"})
    @Command(
            name = {"claude", "install"},
            group = Groups.KATRA,
            description = "Install the Claude Code that Katra is tested with, from npm, into Katra's home")
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    void install(Caller caller) {
        caller.print(claude.install(caller, new ClaudeInstall(caller.home(), processes))
                .path()
                .toString());
    }
}
