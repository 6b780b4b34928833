package dev.katra.shell.doctor;

import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import java.util.List;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra doctor}: whether Katra can work here, and what to do if not. */
@Component
class DoctorCommand {

    private final Checks checks;

    DoctorCommand(Checks checks) {
        this.checks = checks;
    }

    @Command(name = "doctor", group = Groups.KATRA, description = "Check what Katra needs, and say what to do")
    @Runs(at = Runs.Where.CALLER)
    Outcome doctor(Caller caller, @Option(longName = "json", description = "print an array of objects") boolean json) {
        List<Check> all = checks.all(caller);
        if (json) {
            caller.print(Json.of(all));
        } else {
            Table table = new Table("CHECK", "", "FOUND");
            all.forEach(check -> table.row(check.name(), check.ok() ? "ok" : "!!", check.found()));
            caller.print(table.toString());
            all.stream().filter(check -> !check.ok()).forEach(check -> caller.note(check.name() + ": " + check.next()));
        }
        return all.stream().allMatch(Check::ok) ? Outcome.OK : new Outcome.Exit(ExitCode.UNAVAILABLE);
    }
}
