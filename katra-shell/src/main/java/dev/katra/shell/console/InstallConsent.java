package dev.katra.shell.console;

import org.springframework.shell.core.command.annotation.Option;

/**
 * Declares the option {@code --yes} of every command that starts an agent. {@link Dispatcher.AgentGate} looks for it among
 * the caller's words, because it installs before the command runs.
 *
 * @param yes true if nobody is asked
 */
public record InstallConsent(
        @Option(longName = "yes", shortName = 'y', description = "install {agent} without asking if it is missing")
        boolean yes) {}
