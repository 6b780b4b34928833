package dev.katra.shell.doctor;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra doctor}: whether Katra can work here, and what to do if not. */
@Component
class DoctorCommand {

    private final Checks checks;
    private final OnlineChecks onlineChecks;

    DoctorCommand(Checks checks, OnlineChecks onlineChecks) {
        this.checks = checks;
        this.onlineChecks = onlineChecks;
    }

    @Command(
            name = "doctor",
            group = Groups.KATRA,
            description = "Check what Katra needs, and say what to do",
            help = """
                    Without --online nothing is sent to anyone. With it every provider that has its key, or needs none,
                    gets requests that cost nothing, with the key in the header that its entry names.
                    """)
    @Runs(at = Runs.Where.CALLER)
    Outcome doctor(
            Caller caller,
            @Option(longName = "online", description = "ask the providers too") boolean online,
            @Option(longName = "provider", description = "with --online: ask this one only") @Nullable String provider,
            @Option(longName = "json", description = "print an array of objects") boolean json) {
        if (provider != null && !online) {
            throw Failure.invalid("--provider names whom --online asks")
                    .hint("katra doctor --online --provider " + provider);
        }
        List<Check> all = new ArrayList<>(checks.all(caller));
        if (online) {
            all.addAll(onlineChecks.all(caller, provider));
        }
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
