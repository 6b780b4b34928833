package dev.katra.shell.session;

import dev.katra.core.text.Age;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Table;
import dev.katra.shell.session.SessionRows.Row;
import dev.katra.shell.usage.Amounts;
import dev.katra.shell.usage.Used;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra list}: the live sessions. */
@Component
class ListCommand {

    private static final List<String> HEADINGS =
            List.of("PERSONA", "PROVIDER", "MODEL", "ROUTE", "STATE", "WHERE", "SINCE", "UNREAD", "TOKENS IN/OUT");

    private final SessionRows rows;
    private final Clock clock;

    ListCommand(SessionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Command(name = "list", group = Groups.SESSIONS, description = "List the sessions that run")
    void list(Caller caller, @Option(longName = "json", description = "print an array of objects") boolean json) {
        List<Row> live = rows.all();
        if (json) {
            caller.print(Json.of(live));
            return;
        }
        if (live.isEmpty()) {
            caller.note("no session runs; start one: katra start --persona NAME");
            return;
        }
        Instant now = clock.instant();
        boolean priced = live.stream().map(Row::usage).anyMatch(used -> used != null && used.costUsd() != null);
        List<String> headings = new ArrayList<>(HEADINGS);
        if (priced) {
            headings.add("COST");
        }
        Table table = new Table(headings.toArray(String[]::new));
        live.forEach(row -> table.row(cells(row, priced, now).toArray(String[]::new)));
        caller.print(table.toString());
    }

    private static List<String> cells(Row row, boolean priced, Instant now) {
        Used used = row.usage();
        List<String> cells = new ArrayList<>(List.of(
                row.persona(),
                row.provider(),
                Objects.requireNonNullElse(row.model(), "-"),
                row.route(),
                row.stateInWords(),
                row.whereToLook(),
                Age.of(row.started(), now),
                String.valueOf(row.unread()),
                used == null ? "not counted" : Amounts.of(used.inputTokens()) + "/" + Amounts.of(used.outputTokens())));
        if (priced) {
            cells.add(used == null ? "-" : used.cost());
        }
        return cells;
    }
}
