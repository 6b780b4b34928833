package dev.katra.shell.session;

import dev.katra.shell.console.Age;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra list}: the live sessions. */
@Component
class ListCommand {

    private final SessionRows rows;
    private final Clock clock;

    ListCommand(SessionRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Command(name = "list", group = Groups.SESSIONS, description = "List the sessions that run")
    void list(Caller caller, @Option(longName = "json", description = "print an array of objects") boolean json) {
        List<SessionRows.Row> live = rows.all();
        if (json) {
            caller.print(Json.of(live));
            return;
        }
        if (live.isEmpty()) {
            caller.note("no session runs; start one: katra start --persona NAME");
            return;
        }
        Instant now = clock.instant();
        Table table = new Table("PERSONA", "PROVIDER", "MODEL", "ROUTE", "STATE", "WHERE", "SINCE", "UNREAD");
        live.forEach(row -> table.row(
                row.persona(),
                row.provider(),
                Objects.requireNonNullElse(row.model(), "-"),
                row.route(),
                row.state(),
                row.whereToLook(),
                Age.of(row.started(), now),
                String.valueOf(row.unread())));
        caller.print(table.toString());
    }
}
