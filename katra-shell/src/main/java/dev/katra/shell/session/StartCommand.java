package dev.katra.shell.session;

import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThrough;
import dev.katra.shell.console.Runs;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra start}: a session of Claude Code under a name. */
@Component
class StartCommand {

    private final Launcher launcher;

    StartCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Command(
            name = "start",
            group = Groups.SESSIONS,
            description = "Start Claude Code under a name, on a provider, in the shared room",
            help = """
                    Without --background the session takes this terminal. With it the session runs in the tmux session
                    katra-NAME, and the command returns once it is up.
                    """)
    @Runs(wholeEnvironment = true, startsClaude = true, ownerOnly = true)
    Outcome start(
            Caller caller,
            @Option(
                            longName = "persona",
                            required = true,
                            description = "the name: owner of an inbox, author of memories")
                    String persona,
            @Option(longName = "provider", description = "the provider (katra providers lists them)") @Nullable
                    String provider,
            @Option(longName = "model", description = "the model (default: the provider's)") @Nullable String model,
            @Option(longName = "background", shortName = 'b', description = "run in a tmux session of its own")
                    boolean background,
            @Option(longName = "role", description = "what the persona is there for, told to the model") @Nullable
                    String role,
            @Option(longName = "cwd", description = "the folder it works in (default: this one)") @Nullable String cwd,
            @Option(longName = "route", description = "auto, direct, gateway or verbatim") @Nullable String route,
            @Option(
                            longName = "isolated",
                            description = "with a Claude configuration of Katra's own, first-run questions answered")
                    boolean isolated,
            @Option(
                            longName = "wake",
                            description = "which mail wakes it when idle: direct, all or never (default direct)")
                    @Nullable
                    String wake,
            @Option(longName = "prompt", description = "what the session begins with") @Nullable String prompt,
            @Option(longName = "replace", description = "end the persona's running session first") boolean replace,
            @Option(
                            longName = "trace",
                            description = "write requests and answers, redacted, to the session's folder (gateway)")
                    boolean trace,
            @Option(
                            longName = "yes",
                            shortName = 'y',
                            description = "install Claude Code without asking if it is missing")
                    boolean yes,
            @PassThrough("claude arguments…") List<String> claudeArguments) {
        Path folder =
                cwd == null ? caller.folder() : caller.folder().resolve(cwd).normalize();
        StartRequest request = new StartRequest(
                persona,
                provider,
                model,
                route == null ? null : Route.parse(route),
                background,
                folder,
                role,
                isolated,
                wake == null ? WakePolicy.DIRECT : WakePolicy.of(wake),
                prompt,
                replace,
                trace,
                null,
                claudeArguments);
        return Started.outcome(
                caller, launcher.start(request, new LaunchCaller(caller.environment(), caller.folder(), caller::note)));
    }
}
