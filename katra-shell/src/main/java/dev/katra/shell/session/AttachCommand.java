package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.Place;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.process.ProcessRunner;
import dev.katra.launcher.tmux.Pane;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra attach} shows a background session on this terminal. */
@Component
class AttachCommand {

    private final PersonaService personas;
    private final SessionService sessions;
    private final ProcessRunner processes;

    AttachCommand(PersonaService personas, SessionService sessions, ProcessRunner processes) {
        this.personas = personas;
        this.sessions = sessions;
        this.processes = processes;
    }

    @Example(
            value = "katra attach Sam",
            synonyms = {"open", "show", "join", "fg", "enter", "switch"})
    @Command(
            name = "attach",
            group = Groups.SESSIONS,
            description = "Show a background session on this terminal; it says which keys leave it")
    @Runs(ownerOnly = true)
    Outcome attach(Caller caller, @Takes(Takes.ValueKind.RUNNING_PERSONA) @Argument(index = 0) String persona) {
        Persona known = personas.get(persona);
        Session session = sessions.liveOf(known).orElseThrow(() -> Failure.notFound(known.name() + " is not running")
                .hint("katra resume " + known.name()));
        Long pid = session.process().pid();
        if (session.screen().place() != Place.TMUX || pid == null) {
            throw Failure.conflict(known.name() + " runs in a terminal (pid " + pid + "), not in tmux")
                    .hint("go to that terminal");
        }
        Tmux callers = new Tmux(processes, caller.environment(), caller.folder());
        String socket = session.screen().tmuxSocket();
        Tmux tmux = socket == null ? callers : callers.onSocket(socket);
        Pane pane = tmux.pane(pid)
                .orElseThrow(() -> Failure.notFound("no pane of tmux shows " + known.name() + " (pid " + pid + ")")
                        .hint("katra stop " + known.name() + ", then katra resume " + known.name()));
        if (!caller.terminal().input() || !caller.terminal().output()) {
            throw Failure.invalid("attach needs a terminal").hint("tmux attach -t " + pane.session());
        }
        caller.note(tmux.detachHint(pane));
        return new Outcome.Exec(tmux.attachCommand(pane));
    }
}
