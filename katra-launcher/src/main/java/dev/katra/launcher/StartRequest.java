package dev.katra.launcher;

import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.provider.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks to be started.
 *
 * @param provider null for the default provider
 * @param model null for the provider's
 * @param route null for the provider's
 * @param background in a tmux session of its own rather than in the caller's terminal
 * @param folder where it works, absolute
 * @param role what the persona is there for; null for nothing in particular
 * @param isolated with a configuration of Claude Code that belongs to Katra
 * @param wake which mail wakes it while it is idle
 * @param prompt what it begins with; null to wait for a person
 * @param replace end the persona's live session first
 * @param trace let the gateway write the session's requests and answers, redacted, to the session's folder
 * @param conversation the Claude conversation to go on with; null for a new one
 * @param claudeArguments what the user passes on to Claude Code
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
