package dev.katra.shell.claude;

import dev.katra.core.failure.Failure;
import dev.katra.launcher.claude.ClaudeBinary;
import dev.katra.launcher.claude.ClaudeInstall;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Dispatcher;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Finds Claude Code for a command that starts it. If it is missing, this installs it with {@code --yes}, or after
 * asking on a terminal.
 */
@Component
public final class ClaudeProvisioner implements Dispatcher.AgentGate {

    private final ProcessRunner processes;

    ClaudeProvisioner(ProcessRunner processes) {
        this.processes = processes;
    }

    @Override
    public Caller ensureInstalled(Caller caller) {
        if (ClaudeBinary.find(caller.home(), caller.environment(), caller.folder())
                .isEmpty()) {
            ClaudeInstall install = new ClaudeInstall(caller.home(), processes);
            if (!saysYes(caller) && !agrees(caller, install)) {
                throw Failure.unavailable("Claude Code is not installed")
                        .hint("add --yes to have it installed, run katra claude install, or set "
                                + ClaudeBinary.VARIABLE + " to the path of a claude binary");
            }
            install(caller, install);
        }
        return caller;
    }

    /** Installs the pinned client into the home. */
    ClaudeBinary install(Caller caller, ClaudeInstall install) {
        caller.note(
                "katra: installing " + install.specification() + " into " + ClaudeBinary.installations(caller.home()));
        ClaudeBinary installed = install.install(caller.environment());
        caller.note("katra: installed " + installed.path());
        return installed;
    }

    private static boolean saysYes(Caller caller) {
        List<String> words = caller.arguments();
        int end = words.indexOf("--");
        List<String> own = end < 0 ? words : words.subList(0, end);
        return own.contains("--yes") || own.contains("-y");
    }

    private static boolean agrees(Caller caller, ClaudeInstall install) {
        if (!caller.terminal().input() || !caller.terminal().error()) {
            return false;
        }
        caller.ask("Claude Code is not installed. Install " + install.specification() + " (about 380 MB) from npm into "
                + ClaudeBinary.installations(caller.home()) + "? [Y/n]");
        try {
            String answer = caller.input().readLine().strip().toLowerCase(Locale.ROOT);
            return answer.isEmpty() || answer.equals("y") || answer.equals("yes");
        } catch (IOException e) {
            throw Failure.unavailable("cannot read the answer")
                    .hint("answer beforehand: --yes")
                    .cause(e);
        }
    }
}
