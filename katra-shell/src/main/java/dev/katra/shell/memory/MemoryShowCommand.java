package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.Revisions;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory show} prints one memory whole, with its other revisions. */
@Component
class MemoryShowCommand {

    private final MemoryService memories;
    private final ActorResolver actors;
    private final Clock clock;

    MemoryShowCommand(MemoryService memories, ActorResolver actors, Clock clock) {
        this.memories = memories;
        this.actors = actors;
        this.clock = clock;
    }

    @Example(
            value = "katra memory show 12",
            synonyms = {"show", "cat"})
    @Command(
            name = {"memory", "show"},
            group = Groups.MEMORY,
            description = "Print one memory whole, and its other revisions")
    void show(
            Caller caller,
            @OptionText("whose private memories count") ActingAs as,
            @OptionText("an object with all revisions") OutputFormat format,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 0) Long number) {
        Revisions revisions = memories.show(actors.resolveKnown(caller, as.name()), number);
        if (format.json()) {
            caller.print(Json.of(revisions));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, clock.instant());
        printer.printWhole(revisions.requested());
        List<MemoryDetails> others = revisions.revisions().stream()
                .filter(each -> each.number() != number)
                .toList();
        if (!others.isEmpty()) {
            caller.print("other revisions:");
            others.forEach(printer::printWhole);
        }
    }
}
