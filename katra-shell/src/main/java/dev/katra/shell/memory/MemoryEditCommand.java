package dev.katra.shell.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
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
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory edit} writes the next revision of a memory. */
@Component
class MemoryEditCommand {

    private final MemoryService memories;
    private final ActorResolver actors;
    private final MaskedNote maskedNote;

    MemoryEditCommand(MemoryService memories, ActorResolver actors, MaskedNote maskedNote) {
        this.memories = memories;
        this.actors = actors;
        this.maskedNote = maskedNote;
    }

    @Example(
            value = "katra memory edit 12 \"we release on Fridays\"",
            synonyms = {"edit"})
    @Command(
            name = {"memory", "edit"},
            group = Groups.MEMORY,
            description = "Write the next revision of a memory",
            help = """
                    It gets a number of its own and supersedes the memory, which katra memory show still prints.
                    What is not given stays as it is; "-" as text reads standard input.
                    """)
    @Runs(readsInput = true)
    void edit(
            Caller caller,
            MemoryChangeOptions options,
            @OptionText("who edits") ActingAs as,
            @OptionText("what was stored as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 0) Long number,
            @Takes(Takes.ValueKind.TEXT) @Arguments List<String> text) {
        MemoryChange change = options.change(text.isEmpty() ? null : CommandText.of(caller, text, "the text"));
        if (change.isEmpty()) {
            throw Failure.invalid("there is nothing to change")
                    .hint("katra memory edit " + number + " TEXT, or - for standard input, or an option");
        }
        MemoryDetails revision = memories.edit(actors.resolveKnown(caller, as.name()), number, change, null);
        maskedNote.print(caller, change.texts());
        if (format.json()) {
            caller.print(Json.of(new RememberCommand.StoredMemoryJson(
                    revision.number(), revision.uid(), revision.number() == number)));
        } else if (revision.number() == number) {
            caller.print("memory " + number + " says that already");
        } else {
            caller.print("remembered as " + revision.number() + ", which supersedes " + number);
        }
    }
}
