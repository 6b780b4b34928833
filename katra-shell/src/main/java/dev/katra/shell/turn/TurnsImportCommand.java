package dev.katra.shell.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.persona.Persona;
import dev.katra.core.persona.PersonaService;
import dev.katra.core.turn.TranscriptReader;
import dev.katra.core.turn.TurnService;
import dev.katra.core.turn.TurnTransfer;
import dev.katra.core.turn.TurnTransfer.TurnCounts;
import dev.katra.launcher.agent.Agent;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.ExitCode;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra turns import} reads turns from the agent's transcripts. */
@Component
class TurnsImportCommand {

    private static final int DELETED_AT_ONCE = 500;

    private final Agent agent;
    private final TurnTransfer transfer;
    private final TurnService turns;
    private final PersonaService personas;
    private final ActorResolver actors;

    TurnsImportCommand(
            Agent agent, TurnTransfer transfer, TurnService turns, PersonaService personas, ActorResolver actors) {
        this.agent = agent;
        this.transfer = transfer;
        this.turns = turns;
        this.personas = personas;
        this.actors = actors;
    }

    /** Counts what came of an import, for {@code --json}. */
    record TurnCountsJson(int added, int known, int old, int refused) {}

    @Example(
            value = "katra turns import --persona Sam",
            synonyms = {"import", "transcripts"})
    @Command(
            name = {"turns", "import"},
            group = Groups.MEMORY,
            description = "Read past turns from transcripts of {agent}",
            help = """
                    A transcript, or a folder with them; without PATH those of all your projects. A turn of a session that
                    Katra has started is its persona's; the others are yours, or those of --persona. What is here already
                    stays as it is, and what is older than katra.turns.keep is left out.
                    """)
    @Runs(ownerOnly = true)
    Outcome importFrom(
            Caller caller,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "persona", description = "whose the turns are that no session of Katra's had")
                    @Nullable
                    String persona,
            @OptionText("the numbers as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.FILE) @Argument(index = 0) @Nullable String path) {
        if (!turns.isOn()) {
            throw Failure.conflict("katra.capture is off, so no turns are kept")
                    .hint("set katra.capture=private in server.properties, then: katra server stop");
        }
        Actor actor = actors.resolve(caller, null);
        Persona other = personas.get(persona == null ? actor.persona() : persona);
        TranscriptReader reader = agent.transcripts();
        Path from = path == null
                ? reader.folder(Path.of(caller.variable("HOME")))
                : caller.folder().resolve(path);
        TurnCounts counts = TurnCounts.NONE;
        int refused = 0;
        for (Path transcript : reader.files(from)) {
            try {
                counts = counts.plus(read(reader, transcript, other));
            } catch (Failure e) {
                if (e.code() != Failure.Code.UNAVAILABLE || !Files.isDirectory(from)) {
                    throw e;
                }
                refused++;
                caller.note("not imported: " + transcript + ": " + e.text());
            }
        }
        while (turns.deleteOld(DELETED_AT_ONCE) > 0) {
            // what is more than katra.turns.size goes, the oldest first
        }
        caller.print(
                format.json()
                        ? Json.of(new TurnCountsJson(counts.added(), counts.known(), counts.old(), refused))
                        : "imported " + counts.added() + ", known already " + counts.known()
                                + (counts.old() == 0 ? "" : ", too old " + counts.old())
                                + (refused == 0 ? "" : ", not imported " + refused));
        return refused == 0 ? Outcome.OK : new Outcome.Exit(ExitCode.INVALID);
    }

    private TurnCounts read(TranscriptReader reader, Path transcript, Persona other) {
        TurnBatch batch = new TurnBatch(turns -> transfer.importAll(turns, other));
        reader.read(transcript, batch::add);
        return batch.finish();
    }
}
