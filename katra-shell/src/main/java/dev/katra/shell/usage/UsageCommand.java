package dev.katra.shell.usage;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.usage.RecentUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra usage} shows what sessions have used of their models. */
@Component
class UsageCommand {

    private final UsageService usage;
    private final PersonaService personas;
    private final Clock clock;

    UsageCommand(UsageService usage, PersonaService personas, Clock clock) {
        this.usage = usage;
        this.personas = personas;
        this.clock = clock;
    }

    @Example(
            value = "katra usage --all",
            synonyms = {"cost", "costs", "tokens", "stats"})
    @Command(
            name = "usage",
            group = Groups.SESSIONS,
            description = "Show what sessions have used: requests, tokens, time, cost",
            help = """
                    Of the sessions that run, or of the newest sessions of the personas that are named, ended ones too.
                    CACHED is the part of INPUT that was read from a cache, MEAN WAIT the mean time to the first token.
                    COST is there for models whose price is known; "+" marks one that leaves out requests without a price.
                    "(judging)" marks the requests by which tool calls were judged in auto mode.
                    Only sessions on the route gateway are counted.
                    """)
    @Runs(ownerOnly = true)
    void usage(
            Caller caller,
            @Option(longName = "all", description = "every session of which something was counted, newest first")
                    boolean all,
            @Takes(Takes.ValueKind.COUNT)
                    @Option(
                            longName = "limit",
                            defaultValue = "20",
                            description = "how many sessions with --all or names (default 20, at most 1000)")
                    Integer limit,
            @OptionText("one JSON object, with exact numbers") OutputFormat format,
            @Takes(value = Takes.ValueKind.PERSONA, optional = true) @Arguments List<String> persona) {
        if (all && !persona.isEmpty()) {
            throw Failure.invalid("give names or --all, not both").hint("katra usage NAME…, or katra usage --all");
        }
        RecentUsage found = find(all, persona, limit);
        List<SessionUsage> sessions = found.sessions();
        long more = found.total() - sessions.size();
        if (format.json()) {
            caller.print(Json.of(UsageReport.of(sessions, more)));
        } else if (sessions.isEmpty()) {
            caller.note(
                    all
                            ? "nothing was counted yet; only sessions on the route gateway are counted"
                            : persona.isEmpty()
                                    ? "no session runs; katra usage --all shows those that ended too"
                                    : "no session yet of " + String.join(", ", persona));
        } else {
            caller.print(UsageTable.of(sessions, clock.instant(), caller.zone()).fitting(caller));
            explain(caller, sessions, more);
        }
    }

    private RecentUsage find(boolean all, List<String> names, int limit) {
        if (all) {
            return usage.all(limit);
        }
        if (names.isEmpty()) {
            List<SessionUsage> live = usage.live();
            return new RecentUsage(live, live.size());
        }
        return usage.ofPersonas(
                names.stream().map(personas::get).map(Persona::id).distinct().toList(), limit);
    }

    private static void explain(Caller caller, List<SessionUsage> sessions, long more) {
        Map<String, Long> uncounted = sessions.stream()
                .filter(session -> !session.isCounted())
                .collect(Collectors.groupingBy(
                        session -> session.source().route(), TreeMap::new, Collectors.counting()));
        uncounted.forEach((route, count) -> caller.note(count + (count == 1 ? " session" : " sessions") + " on route "
                + route + (count == 1 ? " is" : " are") + " not counted: the requests do not pass through Katra;"
                + " --route gateway at the next start or resume changes that"));
        Usage total = UsageReport.total(sessions).orElse(Usage.NONE);
        if (total.requests().unreported() > 0) {
            caller.note("the tokens of " + Amounts.of(total.requests().unreported())
                    + (total.requests().unreported() == 1 ? " answer are" : " answers are")
                    + " estimated, or missing where nothing had come: cut short, or not reported by the endpoint");
        }
        if (total.isPartlyPriced()) {
            caller.note("+ leaves out " + Amounts.of(total.cost().unpriced())
                    + (total.cost().unpriced() == 1 ? " request" : " requests")
                    + " of models without a price; give one as <ID>_PRICES in providers.conf");
        }
        if (more > 0) {
            caller.note(more + " more sessions, older; --limit shows them, and the total is without them");
        }
    }
}
