package dev.katra.shell.room;

import dev.katra.core.session.LiveSession;
import dev.katra.core.session.SessionService;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra who} prints who is here, as {@code katra_who_is_here} tells the models. */
@Component
class WhoCommand {

    private final SessionService sessions;
    private final Clock clock;

    WhoCommand(SessionService sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** A Row is one live session, for {@code --json}. */
    record Row(String persona, String provider, @Nullable String model, String state, Instant since) {}

    @Example(
            value = "katra who",
            synonyms = {"whoami", "w"})
    @Command(name = "who", group = Groups.ROOM, description = "Say who is here")
    void who(Caller caller, @OptionText("an array of objects") OutputFormat format) {
        List<Row> here = sessions.live().stream().map(WhoCommand::row).toList();
        if (format.json()) {
            caller.print(Json.of(here));
            return;
        }
        if (here.isEmpty()) {
            caller.note("nobody is here");
            return;
        }
        Table table = new Table(
                Column.of("PERSONA").cutTo(10),
                Column.of("PROVIDER").cutTo(8),
                Column.of("MODEL").cutTo(8).optional(1),
                Column.of("STATE"),
                Column.of("SINCE"));
        here.forEach(row -> table.row(
                row.persona(),
                row.provider(),
                VisibleText.name(Objects.requireNonNullElse(row.model(), "-")),
                row.state(),
                Age.of(row.since(), clock.instant())));
        caller.print(table.fitting(caller));
    }

    private static Row row(LiveSession live) {
        return new Row(
                live.persona().name(),
                live.session().source().provider(),
                live.session().source().model(),
                live.session().progress().state().externalName(),
                live.session().progress().stateAt());
    }
}
