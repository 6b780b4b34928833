package dev.katra.shell.session;

import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.LiveSession;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.core.upstream.Upstream;
import dev.katra.launcher.Launcher;
import dev.katra.launcher.StartRequest;
import dev.katra.launcher.agent.Agent;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.PassThroughArguments;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra start} starts a session of Claude Code under a name. */
@Component
class StartCommand {

    private final Agent agent;
    private final Launcher launcher;
    private final PersonaService personas;
    private final SessionService sessions;

    StartCommand(Agent agent, Launcher launcher, PersonaService personas, SessionService sessions) {
        this.agent = agent;
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
            description = "Start {agent} under a name, on a provider, in the shared room",
            help = """
                    NAME is a new one or that of a persona whose session has ended: the owner of an inbox, the author of
                    memories. Without --background the session takes this terminal. With it the session runs in the tmux session
                    katra-NAME, and the command returns once it is up.
                    """)
    @Runs(wholeEnvironment = true, startsAgent = true, ownerOnly = true)
    Outcome start(
            Caller caller,
            @Takes(Takes.ValueKind.ENDED_PERSONA) @Argument(index = 0) @Nullable String name,
            StartOptions options,
            @PassThroughArguments("{agent-command} arguments…") List<String> passedOn) {
        StartRequest asked = options.request(caller, name, passedOn);
        Optional<Session> running =
                options.ifMissing() || asked.replace() ? running(asked.persona()) : Optional.empty();
        if (options.ifMissing() && running.isPresent()) {
            caller.print(asked.persona() + " runs already on "
                    + running.get().source().provider());
            return Outcome.OK;
        }
        if (!asked.workplace().background()) {
            ForegroundCheck.requireTerminal(caller, agent, passedOn);
        }
        boolean wakeAsked = options.launch().work().wake() != null;
        StartRequest request = running.map(old -> new Replacement(
                        old,
                        asked,
                        sessions.upstream(old.id()).map(Upstream::fallbackIds).orElse(""),
                        wakeAsked))
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
}
