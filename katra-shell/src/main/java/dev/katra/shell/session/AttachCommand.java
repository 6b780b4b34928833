package dev.katra.shell.session;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.session.Session;
import dev.katra.core.session.SessionService;
import dev.katra.launcher.process.Processes;
import dev.katra.launcher.tmux.Tmux;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** {@code katra attach}: shows a background session on this terminal. */
@Component
class AttachCommand {

    private final PersonaService personas;
    private final SessionService sessions;
    private final Processes processes;

    AttachCommand(PersonaService personas, SessionService sessions, Processes processes) {
        this.personas = personas;
        this.sessions = sessions;
        this.processes = processes;
    }

    @Command(
            name = "attach",
            group = Groups.SESSIONS,
            description = "Show a background session on this terminal; Ctrl-B then D detaches")
    @Runs(ownerOnly = true)
    Outcome attach(Caller caller, @Argument(index = 0) String persona) {
        Persona known = personas.get(persona);
        Session session = sessions.liveOf(known).orElseThrow(() -> Failure.notFound(known.name() + " is not running")
                .hint("katra resume " + known.name()));
        String tmuxSession = session.tmuxSession();
        if (tmuxSession == null) {
            throw Failure.conflict(known.name() + " runs in a terminal (pid " + session.pid() + "), not in tmux")
                    .hint("go to that terminal");
        }
        List<String> command = new Tmux(processes, caller.environment(), caller.folder()).attach(tmuxSession);
        if (!caller.terminal().input() || !caller.terminal().output()) {
            throw Failure.invalid("attach needs a terminal").hint("tmux attach -t " + tmuxSession);
        }
        caller.note("Ctrl-B then D detaches");
        return new Outcome.Exec(command);
    }
}
