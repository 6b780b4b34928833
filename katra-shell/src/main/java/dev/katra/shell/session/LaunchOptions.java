package dev.katra.shell.session;

import dev.katra.core.session.WakePolicy;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.InstallConsent;
import dev.katra.shell.console.Takes;
import dev.katra.shell.provider.ModelOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options of every command that starts sessions.
 *
 * @param fallback the providers that answer when the session's own does not, as the caller names them; null for those of
 *     the provider's entry
 * @param trace true if the gateway writes the requests and answers down
 * @param replace true if the persona's running session is ended first
 */
record LaunchOptions(
        ModelOptions model,
        PlaceOptions place,
        WorkOptions work,

        @Takes(Takes.ValueKind.PROVIDER)
        @Option(
                longName = "fallback",
                description = "providers that answer when it does not, separated by commas, or none")
        @Nullable
        String fallback,

        @Option(
                longName = "replace",
                description = "end the persona's running session first, and keep its provider and the like")
        boolean replace,

        @Option(
                longName = "trace",
                description = "write requests and answers, redacted, to the session's folder (gateway)")
        boolean trace,

        InstallConsent consent) {

    /**
     * The options that say where the session runs.
     *
     * @param background true if it runs in a tmux session of its own
     * @param cwd its folder, as the caller names it; null if none is named
     */
    record PlaceOptions(
            @Option(longName = "background", shortName = 'b', description = "run in a tmux session of its own")
            boolean background,

            @Takes(Takes.ValueKind.FOLDER)
            @Option(longName = "cwd", description = "the folder it works in (default: this one)")
            @Nullable
            String cwd) {}

    /**
     * The options that say what the session works on.
     *
     * @param wake one of the words of {@link WakePolicy}; null if none is given
     * @param prompt its first prompt; null to wait for a person
     */
    record WorkOptions(
            @Takes(Takes.ValueKind.WAKE_POLICY)
            @Option(
                    longName = "wake",
                    description = "which mail wakes it when idle: direct, all or never (default direct)")
            @Nullable
            String wake,

            @Takes(Takes.ValueKind.TEXT)
            @Option(longName = "prompt", description = "what the session begins with")
            @Nullable
            String prompt) {}

    /** Returns the folder that was named, absolute; the given one if none was. */
    Path folder(Caller caller, Path usual) {
        return place.cwd() == null
                ? usual
                : caller.folder().resolve(place.cwd()).normalize();
    }

    /** Returns the policy that was named; the given one if none was. */
    WakePolicy wake(WakePolicy usual) {
        return work.wake() == null ? usual : WakePolicy.of(work.wake());
    }
}
