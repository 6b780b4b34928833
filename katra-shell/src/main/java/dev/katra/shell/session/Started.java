package dev.katra.shell.session;

import dev.katra.launcher.StartOutcome;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Outcome;

/** Tells the caller how a start went. */
final class Started {

    private Started() {}

    static Outcome outcome(Caller caller, StartOutcome started) {
        if (started instanceof StartOutcome.Foreground foreground) {
            return new Outcome.Exec(foreground.command());
        }
        StartOutcome.Background background = (StartOutcome.Background) started;
        String persona = background.tmuxSession().substring("katra-".length());
        String model = background.session().model();
        caller.print(
                persona + " is up on " + background.session().provider() + (model == null ? "" : " (" + model + ")")
                        + " in tmux session " + background.tmuxSession() + "; katra attach " + persona);
        return Outcome.OK;
    }
}
