package dev.katra.shell.session;

import dev.katra.core.text.Age;
import dev.katra.core.text.VisibleText;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Column;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Table;
import dev.katra.shell.usage.Amounts;
import dev.katra.shell.usage.UsageView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra list} lists the live sessions. */
@Component
class ListCommand {

    /**
     * The columns in the order in which they are shown; the rank says what is left out first where there is no room.
     */
    private static final Column[] COLUMNS = {
        Column.of("PERSONA").cutTo(10),
        Column.of("STATE").cutTo(14),
        Column.of("SINCE"),
        Column.of("UNREAD").alignedRight(),
        Column.of("PROVIDER").cutTo(8),
        Column.of("MODEL").cutTo(8).optional(5),
        Column.of("ROUTE").optional(1),
        Column.of("WHERE").optional(2),
        Column.of("FOLDER").cutStartTo(14),
        Column.of("TOKENS IN/OUT").alignedRight().optional(4),
        Column.of("COST").alignedRight().optional(3)
    };

    private static final Column[] PAST = {
        Column.of("PERSONA").cutTo(10),
        Column.of("ENDED"),
        Column.of("PROVIDER").cutTo(8),
        Column.of("MODEL").cutTo(8).optional(2),
        Column.of("FOLDER").cutStartTo(14),
        Column.of("WHY").cutTo(10).optional(1)
    };

    private final SessionRows rows;
    private final Clock clock;

    ListCommand(SessionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Example(
            value = "katra list",
            synonyms = {"ls", "ps", "sessions", "status", "top"})
    @Command(name = "list", group = Groups.SESSIONS, description = "List the sessions that run", help = """
                    SINCE says how long a session has been in its STATE. On a terminal that is too narrow, columns are
                    left out and long values cut; where the output goes elsewhere, the table is whole.
                    """)
    void list(
            Caller caller,
            @Option(longName = "all", description = "also the last sessions of those who have none now") boolean all,
            @OptionText("an array of objects") OutputFormat format) {
        List<LiveRow> live = rows.all();
        if (format.json()) {
            caller.print(Json.of(
                    all ? Stream.concat(live.stream(), rows.past().stream()).toList() : live));
            return;
        }
        showLive(caller, live, all);
        if (all) {
            showPast(caller, rows.past(), !live.isEmpty());
        }
    }

    private void showPast(Caller caller, List<PastRow> past, boolean below) {
        if (past.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Table table = new Table(PAST);
        past.forEach(row -> table.row(
                row.identity().persona(),
                Age.of(row.ending().ended(), now) + " ago",
                row.identity().source().provider(),
                model(row.identity()),
                caller.displayPath(row.setup().folder()),
                row.ending().reason()));
        caller.print((below ? "\n" : "") + table.fitting(caller));
    }

    private void showLive(Caller caller, List<LiveRow> live, boolean all) {
        if (live.isEmpty()) {
            caller.note("no session runs" + nextStep(rows.past().size(), rows.lost(), all));
            return;
        }
        Instant now = clock.instant();
        boolean priced = live.stream().map(row -> row.observation().usage()).anyMatch(UsageView::hasPrice);
        Table table = new Table(COLUMNS);
        live.forEach(row -> table.row(cells(row, priced, now, caller)));
        caller.print(table.fitting(caller));
        live.forEach(row -> {
            LiveRow.AnsweredBy fallback = row.observation().answeredBy();
            if (fallback != null) {
                caller.note("katra: " + row.identity().persona() + " is answered by " + fallback.inWords() + " for "
                        + Age.of(fallback.since(), now) + ", because "
                        + row.identity().source().provider() + " does not answer");
            }
        });
        live.forEach(row -> row.observation()
                .notes()
                .forEach(note -> caller.note("katra: " + row.identity().persona() + ": " + note)));
    }

    /**
     * Returns what can be done where no session runs. Sessions that were stopped were meant to end, and are only named;
     * those that ended without that are offered.
     */
    private static String nextStep(int ended, int lost, boolean shown) {
        if (ended == 0) {
            return "; start one: katra start NAME";
        }
        if (lost > 0) {
            return ", and " + lost + " ended without katra stop: katra resume --all"
                    + (shown ? ", or katra resume NAME…" : ", or katra list --all");
        }
        return shown
                ? "; go on with some: katra resume NAME…"
                : ", and " + ended + (ended == 1 ? " has" : " have") + " ended: katra list --all, katra resume NAME…";
    }

    private static String[] cells(LiveRow row, boolean priced, Instant now, Caller caller) {
        UsageView used = row.observation().usage();
        return new String[] {
            row.identity().persona(),
            row.stateInWords(),
            Age.of(row.progress().since(), now),
            String.valueOf(row.waking().unread()),
            row.identity().source().provider(),
            model(row.identity()),
            row.identity().source().route(),
            row.whereabouts().where(),
            caller.displayPath(row.whereabouts().folder()),
            Amounts.of(used.tokens().inputTokens()) + "/"
                    + Amounts.of(used.tokens().outputTokens()),
            priced ? used.costInWords() : ""
        };
    }

    private static String model(LiveRow.Identity identity) {
        return VisibleText.name(Objects.requireNonNullElse(identity.source().model(), "-"));
    }
}
