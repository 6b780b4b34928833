package dev.katra.launcher;

import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes the session that a person asks to start.
 *
 * @param provider the provider's id; null for the default provider
 * @param model the model's name; null for the provider's own
 * @param route the route to the provider; null for the provider's own
 * @param background whether it runs in a tmux session of its own rather than in the caller's terminal
 * @param folder the absolute folder in which it works
 * @param role what the persona is there for; null for nothing in particular
 * @param isolated whether it uses a configuration of Claude Code that belongs to Katra
 * @param wake the mail that wakes it while it is idle
 * @param prompt the first prompt; null to wait for a person
 * @param replace whether the persona's live session is ended first
 * @param trace whether the gateway writes the session's requests and answers, redacted, to the session's folder
 * @param conversation the id of the Claude conversation to go on with; null for a new one
 * @param claudeArguments the arguments that the user passes on to Claude Code
 */
public record StartRequest(
        String persona,
        @Nullable String provider,
        @Nullable String model,
        @Nullable Route route,
        boolean background,
        Path folder,
        @Nullable String role,
        boolean isolated,
        WakePolicy wake,
        @Nullable String prompt,
        boolean replace,
        boolean trace,
        @Nullable String conversation,
        List<String> claudeArguments) {

    public StartRequest {
        Objects.requireNonNull(persona, "persona is null");
        Objects.requireNonNull(folder, "folder is null");
        Objects.requireNonNull(wake, "wake is null");
        claudeArguments = List.copyOf(claudeArguments);
    }
}
