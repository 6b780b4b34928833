package dev.katra.launcher.claude;

import dev.katra.core.failure.Failure;
import dev.katra.core.home.KatraHome;
import dev.katra.launcher.agent.AgentInspection;
import dev.katra.launcher.agent.AgentInstallation;
import dev.katra.launcher.process.Executables;
import dev.katra.launcher.process.ProcessCommand;
import dev.katra.launcher.process.ProcessResult;
import dev.katra.launcher.process.ProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the client that sessions run, and asks it for its version. */
final class ClaudeInstallation implements AgentInstallation {

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);

    /** The line in which the client names its version. */
    private static final Pattern VERSION_LINE =
            Pattern.compile("^(\\d+\\.\\d+\\.\\d+\\S*) \\(Claude Code\\)", Pattern.MULTILINE);

    @Override
    public String variable() {
        return ClaudeBinary.VARIABLE;
    }

    @Override
    public Optional<Path> find(KatraHome home, Map<String, String> callerEnvironment, Path folder) {
        return ClaudeBinary.find(home, callerEnvironment, folder).map(ClaudeBinary::path);
    }

    @Override
    public Failure missing() {
        return Failure.unavailable("Claude Code is not installed")
                .hint("katra claude install, or set " + ClaudeBinary.VARIABLE + " to the path of a claude binary");
    }

    @Override
    public AgentInspection inspect(
            KatraHome home, Map<String, String> callerEnvironment, Path folder, ProcessRunner processes) {
        Optional<ClaudeBinary> found = ClaudeBinary.find(home, callerEnvironment, folder);
        if (found.isEmpty()) {
            boolean npm = Executables.find("npm", callerEnvironment).isPresent();
            return new AgentInspection(
                    "not installed",
                    npm
                            ? "katra claude install"
                            : "install npm and then run katra claude install, or set " + ClaudeBinary.VARIABLE);
        }
        ProcessResult result = processes.run(
                ProcessCommand.of(List.of(found.get().path().toString(), "--version"), callerEnvironment, folder)
                        .withTimeout(VERSION_TIMEOUT));
        Matcher said = VERSION_LINE.matcher(result.stdout());
        if (!result.ok() || !said.find()) {
            return unusable(found.get(), result);
        }
        String tested = new ClaudeInstall(home, processes).specification();
        return new AgentInspection(
                said.group() + " in " + found.get().path()
                        + (tested.endsWith("@" + said.group(1)) ? "" : " (Katra is tested with " + tested + ")"),
                "");
    }

    private static AgentInspection unusable(ClaudeBinary binary, ProcessResult result) {
        return new AgentInspection(
                binary.path() + " is not Claude Code: with --version it ends with code " + result.exitCode()
                        + (result.ok() ? " and names no version" : ""),
                binary.origin() == ClaudeBinary.ClientOrigin.NAMED
                        ? "unset " + ClaudeBinary.VARIABLE + " or set it to the path of a claude binary"
                        : "install it again, or set " + ClaudeBinary.VARIABLE + " to a claude binary that runs");
    }
}
