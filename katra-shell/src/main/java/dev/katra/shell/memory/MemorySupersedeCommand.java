package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory supersede} lets one memory take the place of another one. */
@Component
class MemorySupersedeCommand {

    private final MemoryService memories;
    private final ActorResolver actors;

    MemorySupersedeCommand(MemoryService memories, ActorResolver actors) {
        this.memories = memories;
        this.actors = actors;
    }

    @Example(
            value = "katra memory supersede 12 34",
            synonyms = {"merge", "replace", "settle"})
    @Command(
            name = {"memory", "supersede"},
            group = Groups.MEMORY,
            description = "Let one memory take the place of another one",
            help = """
                    The first number is that of the old memory, the second that of the one that holds. The old one can
                    still be seen, as an earlier revision of the other.
                    """)
    void supersede(
            Caller caller,
            @OptionText("who settles it") ActingAs as,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 0) Long number,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 1) Long successor) {
        MemoryDetails next = memories.supersede(actors.resolveKnown(caller, as.name()), number, successor);
        caller.print("memory " + next.number() + " supersedes " + number);
    }
}
