package dev.katra.shell.turn;

import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.turn.PastTurn;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/**
 * The commands {@code katra turns …} list what was asked and answered in sessions, show it and forget it. A person is the
 * owner of the home, and sees all of it; a session sees its persona's and the team's.
 */
@Component
class TurnsCommand {

    private final TurnService turns;
    private final PersonaService personas;
    private final ActorResolver actors;
    private final Clock clock;

    TurnsCommand(TurnService turns, PersonaService personas, ActorResolver actors, Clock clock) {
        this.turns = turns;
        this.personas = personas;
        this.actors = actors;
        this.clock = clock;
    }

    /** Holds the turns of a list, for {@code --json}. */
    record TurnListJson(List<PastTurn> turns) {}

    @Example(
            value = "katra turns --persona Sam --since 7d",
            synonyms = {"transcript", "conversation", "prompts"})
    @Command(
            name = "turns",
            group = Groups.MEMORY,
            description = "Print what was asked and answered in past turns, newest first",
            help = """
                    Of each turn the prompt and the last answer are kept, apart from memories and for a while;
                    katra.capture in server.properties says for whom, and off keeps none. katra recall looks into them if no
                    memory answers.
                    """)
    void list(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "persona", description = "only turns of this persona's sessions")
                    @Nullable
                    String persona,
            SinceOption since,
            ResultLimit limit,
            @OptionText("them as JSON") OutputFormat format) {
        Instant now = clock.instant();
        TurnSelection selection = TurnSelection.ALL.since(since.from(caller, now));
        if (persona != null) {
            selection = selection.of(personas.get(persona).id());
        }
        Actor actor = actors.resolve(caller, null);
        List<PastTurn> newest =
                turns.newest(actor.human() ? selection : selection.seenBy(actor.personaId()), limit.value());
        if (format.json()) {
            caller.print(Json.of(new TurnListJson(newest)));
            return;
        }
        TurnPrinter printer = new TurnPrinter(caller, now);
        newest.forEach(turn -> printer.printExcerpt(turn, List.of()));
        if (newest.isEmpty()) {
            caller.note(turns.isOn() ? "nothing found" : "nothing found; katra.capture is off, so no turns are kept");
        }
    }

    @Example(
            value = "katra turns show 7",
            synonyms = {"show"})
    @Command(
            name = {"turns", "show"},
            group = Groups.MEMORY,
            description = "Print one past turn whole")
    void show(
            Caller caller,
            @OptionText("it as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.TURN_NUMBER) @Argument(index = 0) Long number) {
        Actor actor = actors.resolve(caller, null);
        PastTurn turn = turns.show(actor.human() ? null : actor, number);
        if (format.json()) {
            caller.print(Json.of(turn));
        } else {
            new TurnPrinter(caller, clock.instant()).printWhole(turn);
        }
    }
}
