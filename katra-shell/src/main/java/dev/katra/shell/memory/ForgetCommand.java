package dev.katra.shell.memory;

import dev.katra.core.memory.ForgetResult;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.text.Excerpt;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra forget} removes a memory. */
@Component
class ForgetCommand {

    private static final int MAX_EXCERPT_BYTES = 200;

    private final MemoryService memories;
    private final ActorResolver actors;

    ForgetCommand(MemoryService memories, ActorResolver actors) {
        this.memories = memories;
        this.actors = actors;
    }

    @Example(
            value = "katra forget 12",
            synonyms = {"rm", "delete", "unremember"})
    @Command(
            name = "forget",
            group = Groups.MEMORY,
            description = "Remove a memory by its number, with its earlier revisions",
            help = "Its text leaves the database and every index for good. The number stays taken.")
    void forget(
            Caller caller,
            @OptionText("who forgets") ActingAs as,
            @OptionText("what was removed as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 0) Long number) {
        ForgetResult forgotten = memories.forget(actors.resolveKnown(caller, as.name()), number);
        if (format.json()) {
            caller.print(Json.of(forgotten));
        } else if (forgotten.memories().isEmpty()) {
            caller.print("memory " + number + " was forgotten before");
        } else {
            for (MemoryDetails memory : forgotten.memories()) {
                String content = Excerpt.of(memory.body().content(), List.of(), MAX_EXCERPT_BYTES)
                        .text();
                caller.print("forgotten: #" + memory.number() + " " + content.replace("\n", "\n    "));
            }
        }
    }
}
