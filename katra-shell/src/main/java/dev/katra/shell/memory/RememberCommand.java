package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RememberResult;
import dev.katra.core.persona.Actor;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.room.MaskedNote;
import java.time.Clock;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra remember} stores a memory. */
@Component
class RememberCommand {

    private final MemoryService memories;
    private final ActorResolver actors;
    private final MaskedNote maskedNote;
    private final Clock clock;

    RememberCommand(MemoryService memories, ActorResolver actors, MaskedNote maskedNote, Clock clock) {
        this.memories = memories;
        this.actors = actors;
        this.maskedNote = maskedNote;
        this.clock = clock;
    }

    @Example(
            value = "katra remember --kind decision \"we release on Thursdays\"",
            synonyms = {"note", "memo", "save"})
    @Command(name = "remember", group = Groups.MEMORY, description = "Store a memory that every session can find")
    @Runs(readsInput = true)
    void remember(
            Caller caller,
            NewMemoryOptions options,
            @OptionText("the author") ActingAs as,
            @OptionText("what was stored as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.TEXT) @Arguments List<String> text) {
        NewMemory memory = options.memory(CommandText.of(caller, text, "the memory"));
        Actor actor = actors.resolve(caller, as.name());
        RememberResult remembered = memories.remember(actor, memory, null, options.contradicts());
        maskedNote.print(caller, memory.texts());
        if (format.json()) {
            caller.print(Json.of(new StoredMemoryJson(
                    remembered.number(), remembered.memory().uid(), remembered.confirmed())));
        } else if (options.contradicts() != null) {
            caller.print("remembered as " + remembered.number() + ", which contradicts " + options.contradicts());
        } else if (remembered.confirmed()) {
            caller.print("already known as " + remembered.number() + ", confirmed");
        } else {
            caller.print("remembered as " + remembered.number());
        }
        memories.nearest(actor, remembered.memory()).ifPresent(near -> printNearest(caller, actor, remembered, near));
    }

    private void printNearest(Caller caller, Actor actor, RememberResult remembered, MemoryDetails near) {
        caller.note("near, and it holds: " + new MemoryPrinter(caller, clock.instant()).line(near));
        boolean own = actor.human() || near.author().name().equals(actor.persona());
        caller.note(
                own
                        ? "katra memory supersede " + near.number() + " " + remembered.number()
                                + " if the new one replaces it"
                        : "katra remember --contradicts " + near.number() + " TEXT if it is wrong");
    }

    /** Holds what was stored, for {@code --json}. */
    record StoredMemoryJson(long number, String uid, boolean confirmed) {}
}
