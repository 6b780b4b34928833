package dev.katra.shell.doctor;

import dev.katra.core.failure.Failure;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Table;
import dev.katra.shell.console.Takes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra doctor} says whether Katra can work here, and what to do if not. */
@Component
class DoctorCommand {

    private final LocalChecks checks;
    private final OnlineChecks onlineChecks;

    DoctorCommand(LocalChecks checks, OnlineChecks onlineChecks) {
        this.checks = checks;
        this.onlineChecks = onlineChecks;
    }

    @Example(
            value = "katra doctor --online",
            synonyms = {"check", "diagnose", "test"})
    @Command(
            name = "doctor",
            group = Groups.KATRA,
            description = "Check what Katra needs, and say what to do",
            help = """
                    Without --online nothing is sent to anyone. With it every provider that has its key, or needs none,
                    gets requests that cost nothing, with the key in the header that its entry names.
                    """)
    @Runs(at = Runs.Where.CALLER, ownerOnly = true)
    Outcome doctor(
            Caller caller,
            @Option(longName = "online", description = "ask the providers too") boolean online,
            @Takes(Takes.ValueKind.PROVIDER)
                    @Option(longName = "provider", description = "with --online: ask this one only")
                    @Nullable
                    String provider,
            @OptionText("an array of objects") OutputFormat format) {
        if (provider != null && !online) {
            throw Failure.invalid("--provider works only with --online")
                    .hint("katra doctor --online --provider " + provider);
        }
        List<CheckResult> all = new ArrayList<>(checks.all(caller));
        if (online) {
            all.addAll(onlineChecks.all(caller, provider));
        }
        if (format.json()) {
            caller.print(Json.of(all));
        } else {
            Table table = new Table(
                    Column.of("CHECK"), Column.of(""), Column.of("FOUND").wrapped());
            all.forEach(check -> table.row(check.name(), check.ok() ? "ok" : "!!", check.found()));
            caller.print(table.fitting(caller));
            all.stream().filter(check -> !check.ok()).forEach(check -> caller.note(check.name() + ": " + check.next()));
        }
        return all.stream().allMatch(CheckResult::ok) ? Outcome.OK : new Outcome.Exit(ExitCode.UNAVAILABLE);
    }
}
