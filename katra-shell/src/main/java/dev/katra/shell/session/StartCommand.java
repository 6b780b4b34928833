package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.session.WakePolicy;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.StartRequest.ClientStart;
import dev.katra.launcher.StartRequest.ModelChoice;
import dev.katra.launcher.StartRequest.Purpose;
import dev.katra.launcher.StartRequest.Workplace;
import dev.katra.launcher.provider.Route;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThroughArguments;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra start} starts a session of Claude Code under a name. */
@Component
class StartCommand {

    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;

    StartCommand(Launcher launcher, PersonaService personas, SessionService sessions) {
        this.launcher = launcher;
        this.personas = personas;
        this.sessions = sessions;
    }

    @Example(
            value = "katra start Sam --provider deepseek --background",
            synonyms = {"new", "run", "launch", "create", "spawn", "add", "up"})
    @Command(
            name = "start",
            group = Groups.SESSIONS,
            description = "Start Claude Code under a name, on a provider, in the shared room",
            help = """
                    NAME is a new one or that of a persona whose session has ended: the owner of an inbox, the author of
                    memories. Without --background the session takes this terminal. With it the session runs in the tmux session
                    katra-NAME, and the command returns once it is up.
                    """)
    @Runs(wholeEnvironment = true, startsAgent = true, ownerOnly = true)
    Outcome start(
            Caller caller,
            @Takes(Takes.ValueKind.ENDED_PERSONA) @Argument(index = 0) @Nullable String name,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "persona", description = "the same name, as an option")
                    @Nullable
                    String persona,
            @Takes(Takes.ValueKind.PROVIDER)
                    @Option(longName = "provider", description = "the provider (katra providers lists them)")
                    @Nullable
                    String provider,
            @Takes(Takes.ValueKind.MODEL)
                    @Option(longName = "model", description = "the model (default: the provider's)")
                    @Nullable
                    String model,
            @Option(longName = "background", shortName = 'b', description = "run in a tmux session of its own")
                    boolean background,
            @Takes(Takes.ValueKind.TEXT)
                    @Option(longName = "role", description = "what the persona is there for, told to the model")
                    @Nullable
                    String role,
            @Takes(Takes.ValueKind.FOLDER)
                    @Option(longName = "cwd", description = "the folder it works in (default: this one)")
                    @Nullable
                    String cwd,
            @Takes(Takes.ValueKind.ROUTE)
                    @Option(longName = "route", description = "auto, direct, gateway or verbatim")
                    @Nullable
                    String route,
            @Option(
                            longName = "isolated",
                            description = "with a Claude configuration of Katra's own, first-run questions answered")
                    boolean isolated,
            @Takes(Takes.ValueKind.WAKE_POLICY)
                    @Option(
                            longName = "wake",
                            description = "which mail wakes it when idle: direct, all or never (default direct)")
                    @Nullable
                    String wake,
            @Takes(Takes.ValueKind.TEXT)
                    @Option(longName = "prompt", description = "what the session begins with")
                    @Nullable
                    String prompt,
            @Option(
                            longName = "replace",
                            description = "end the persona's running session first, and keep its provider and the like")
                    boolean replace,
            @Option(longName = "if-missing", description = "leave a session that runs already as it is")
                    boolean ifMissing,
            @Option(
                            longName = "trace",
                            description = "write requests and answers, redacted, to the session's folder (gateway)")
                    boolean trace,
            @Option(
                            longName = "yes",
                            shortName = 'y',
                            description = "install Claude Code without asking if it is missing")
                    boolean yes,
            @PassThroughArguments("claude arguments…") List<String> claudeArguments) {
        Path folder =
                cwd == null ? caller.folder() : caller.folder().resolve(cwd).normalize();
        StartRequest asked = new StartRequest(
                named(name, persona),
                new ModelChoice(provider, model, route == null ? null : Route.parse(route), trace),
                new Workplace(folder, background, isolated),
                new Purpose(role, wake == null ? WakePolicy.DIRECT : WakePolicy.of(wake)),
                new ClientStart(prompt, claudeArguments),
                replace);
        Optional<Session> running = ifMissing || replace ? running(asked.persona()) : Optional.empty();
        if (ifMissing && running.isPresent()) {
            caller.print(asked.persona() + " runs already on " + running.get().provider());
            return Outcome.OK;
        }
        if (!background) {
            ForegroundCheck.requireTerminal(caller, claudeArguments);
        }
        StartRequest request = running.map(old -> new Replacement(old, asked, wake != null))
                .map(replacement -> {
                    caller.note("katra: " + replacement.summary());
                    return replacement.request();
                })
                .orElse(asked);
        return StartReport.outcome(
                caller, launcher.start(request, StartReport.launchCaller(caller, request.persona())));
    }

    /** Returns the session of that name, if its process is there. */
    private Optional<Session> running(String name) {
        return personas.find(name).flatMap(known -> {
            sessions.liveOf(known).ifPresent(live -> launcher.checkProcess(new LiveSession(live, known)));
            return sessions.liveOf(known);
        });
    }

    private static String named(@Nullable String name, @Nullable String persona) {
        if (name != null && persona != null && !name.equals(persona)) {
            throw Failure.invalid("the session is named twice, \"" + name + "\" and \"" + persona + "\"")
                    .hint("katra start " + name);
        }
        if (name != null) {
            return name;
        }
        if (persona == null) {
            throw Failure.invalid("the session needs a name, under which it has its mail and its memories")
                    .hint("any name: katra start Sam");
        }
        return persona;
    }
}
