package dev.katra.shell.usage;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.text.ExternallyNamed;
import dev.katra.core.usage.RecentUsage;
import dev.katra.core.usage.SessionUsage;
import dev.katra.core.usage.Usage;
import dev.katra.core.usage.UsageGroup;
import dev.katra.core.usage.UsageGrouping;
import dev.katra.core.usage.UsageSelection;
import dev.katra.core.usage.UsageService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.console.Takes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            value = "katra usage --by day --since 14d",
            synonyms = {"cost", "costs", "tokens", "stats"})
    @Command(
            name = "usage",
            group = Groups.SESSIONS,
            description = "Show what sessions have used: requests, tokens, time, cost",
            help = """
                    Of the sessions that run, or of the newest sessions of the personas that are named, ended ones too.
                    CACHED is the part of INPUT that was read from a cache, MEAN WAIT the mean time to the first token.
                    COST is there for models whose price is known; "+" marks one that leaves out requests without a price.
                    LIST PRICE is what Anthropic's own client says that requests cost at Anthropic's list prices.
                    "(woken)" marks the requests of turns that mail has started, "(sub-agents)" those of sub-agents, and
                    "(judging)" those by which tool calls were judged in auto mode. SOURCE is counted where the gateway has
                    counted, and reported where the session's client says what it has used.
                    --by sums up all sessions instead, by session, persona, provider, model, day, folder or purpose.
                    """)
    @Runs(ownerOnly = true)
    void usage(
            Caller caller,
            @Option(longName = "all", description = "every session that has used something, newest first") boolean all,
            @Takes(Takes.ValueKind.COUNT)
                    @Option(
                            longName = "limit",
                            defaultValue = "20",
                            description = "how many sessions with --all or names (default 20, at most 1000)")
                    Integer limit,
            @Takes(Takes.ValueKind.USAGE_GROUPING)
                    @Option(
                            longName = "by",
                            description = "sum up by session, persona, provider, model, day, folder, purpose")
                    @Nullable
                    String by,
            SinceOption since,
            @OptionText("one JSON object, with exact numbers") OutputFormat format,
            @Takes(value = Takes.ValueKind.PERSONA, optional = true) @Arguments List<String> persona) {
        if (all && !persona.isEmpty()) {
            throw Failure.invalid("give names or --all, not both").hint("katra usage NAME…, or katra usage --all");
        }
        if (by != null || since.value() != null) {
            UsageGrouping grouping = by == null ? UsageGrouping.SESSION : grouping(by);
            grouped(caller, grouping, persona, since.from(caller, clock.instant()), format);
            return;
        }
        RecentUsage found = find(all, persona, limit);
        List<SessionUsage> sessions = found.sessions();
        long more = found.total() - sessions.size();
        if (format.json()) {
            caller.print(Json.of(UsageReport.of(sessions, more)));
        } else if (sessions.isEmpty()) {
            caller.note(
                    all
                            ? "no session has used anything yet"
                            : persona.isEmpty()
                                    ? "no session runs; katra usage --all shows those that ended too"
                                    : "no session yet of " + String.join(", ", persona));
        } else {
            caller.print(UsageTable.of(sessions, clock.instant(), caller.zone()).fitting(caller));
            explain(caller, sessions, more);
        }
    }

    private void grouped(
            Caller caller, UsageGrouping grouping, List<String> names, @Nullable Instant since, OutputFormat format) {
        List<Long> ids = names.isEmpty() ? null : ids(names);
        List<UsageGroup> groups = usage.grouped(grouping, new UsageSelection(ids, since));
        if (format.json()) {
            caller.print(Json.of(UsageGroupReport.of(grouping, groups)));
        } else if (groups.isEmpty()) {
            caller.note("nothing was used" + (since == null ? "" : " since then"));
        } else {
            caller.print(UsageGroupTable.of(grouping, groups).fitting(caller));
            explain(caller, UsageGroupTable.total(groups));
        }
    }

    private static UsageGrouping grouping(String word) {
        return ExternallyNamed.find(UsageGrouping.class, word)
                .orElseThrow(() -> Failure.invalid("\"" + word + "\" is nothing that usage is summed up by")
                        .hint("one of " + ExternallyNamed.list(UsageGrouping.class)));
    }

    private List<Long> ids(List<String> names) {
        return names.stream().map(personas::get).map(Persona::id).distinct().toList();
    }

    private RecentUsage find(boolean all, List<String> names, int limit) {
        if (all) {
            return usage.all(limit);
        }
        if (names.isEmpty()) {
            List<SessionUsage> live = usage.live();
            return new RecentUsage(live, live.size());
        }
        return usage.ofPersonas(ids(names), limit);
    }

    private static void explain(Caller caller, List<SessionUsage> sessions, long more) {
        long unknown = sessions.stream().filter(session -> !session.isKnown()).count();
        if (unknown > 0) {
            caller.note(unknown + (unknown == 1 ? " session has" : " sessions have")
                    + " reported nothing: started by an older version of Katra, or ended before the first answer");
        }
        explain(caller, UsageReport.total(sessions).orElse(Usage.NONE));
        if (more > 0) {
            caller.note(more + " more sessions, older; --limit shows them, and the total is without them");
        }
    }

    private static void explain(Caller caller, Usage total) {
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
    }
}
