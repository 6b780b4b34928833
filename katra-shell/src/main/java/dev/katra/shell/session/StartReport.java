package dev.katra.shell.session;

import dev.katra.core.text.VisibleText;
import dev.katra.launcher.LaunchCaller;
import dev.katra.launcher.StartOutcome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;

/** Tells the caller how a start went. */
final class StartReport {

    private StartReport() {}

    /** Returns the caller of a start, who is told at a terminal what Ctrl-C leaves while Claude Code comes up. */
    static LaunchCaller launchCaller(Caller caller, String persona) {
        return new LaunchCaller(caller.environment(), caller.folder(), caller::note, session -> {
            if (caller.terminal().error()) {
                caller.note(persona + " starts in tmux session " + session + "; Ctrl-C leaves it there, and katra stop "
                        + persona + " ends it");
            }
        });
    }

    static Outcome outcome(Caller caller, StartOutcome started) {
        if (started instanceof StartOutcome.Foreground foreground) {
            return new Outcome.Exec(foreground.command());
        }
        StartOutcome.Background background = (StartOutcome.Background) started;
        String persona = background.persona();
        String model = background.session().source().model();
        caller.print(persona + " is up on " + background.session().source().provider()
                + (model == null ? "" : " (" + VisibleText.name(model) + ")") + " in tmux session "
                + background.tmuxSession() + "; katra attach " + persona);
        return Outcome.OK;
    }
}
