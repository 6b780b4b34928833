package dev.katra.shell.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.turn.TurnSelection;
import dev.katra.core.turn.TurnService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra turns forget} removes past turns. */
@Component
class TurnsForgetCommand {

    private final TurnService turns;
    private final PersonaService personas;
    private final ActorResolver actors;

    TurnsForgetCommand(TurnService turns, PersonaService personas, ActorResolver actors) {
        this.turns = turns;
        this.personas = personas;
        this.actors = actors;
    }

    /** Counts what was removed, for {@code --json}. */
    record ForgottenTurnsJson(int forgotten) {}

    @Example(
            value = "katra turns forget --persona Sam",
            synonyms = {"rm", "delete"})
    @Command(
            name = {"turns", "forget"},
            group = Groups.MEMORY,
            description = "Remove a past turn by its number, a persona's, or all",
            help = """
                    Their texts leave the database and its index for good. The transcripts that {agent} itself keeps stay.
                    """)
    void forget(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "persona", description = "all turns of this persona's sessions")
                    @Nullable
                    String persona,
            @Option(longName = "all", description = "all turns of everybody") boolean all,
            @OptionText("how many were removed as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.TURN_NUMBER) @Argument(index = 0) @Nullable Long number) {
        Actor actor = actors.resolve(caller, null);
        int forgotten = forget(actor, persona, all, number);
        caller.print(
                format.json()
                        ? Json.of(new ForgottenTurnsJson(forgotten))
                        : "forgotten: " + forgotten + (forgotten == 1 ? " turn" : " turns"));
    }

    private int forget(Actor actor, @Nullable String persona, boolean all, @Nullable Long number) {
        long given = Stream.of(persona, number, all ? Boolean.TRUE : null)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw Failure.invalid("it is not clear which turns are meant")
                    .hint("katra turns forget NUMBER, --persona NAME, or --all");
        }
        if (number != null) {
            turns.forget(actor, number);
            return 1;
        }
        if (!actor.human()) {
            throw Failure.invalid("a session forgets turns one by one").hint("katra turns forget NUMBER");
        }
        return turns.forgetAll(
                persona == null
                        ? TurnSelection.ALL
                        : TurnSelection.ALL.of(personas.get(persona).id()));
    }
}
