package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory keep} says that a memory is right. */
@Component
class MemoryKeepCommand {

    private final MemoryService memories;
    private final ActorResolver actors;

    MemoryKeepCommand(MemoryService memories, ActorResolver actors) {
        this.memories = memories;
        this.actors = actors;
    }

    @Example(
            value = "katra memory keep 12",
            synonyms = {"settle", "right"})
    @Command(
            name = {"memory", "keep"},
            group = Groups.MEMORY,
            description = "Say that a memory is right, whatever contradicts it",
            help = """
                    The marks of those that contradict it go; they themselves stay as they are. For 90 days katra memory review
                    does not show it.
                    """)
    @Runs(ownerOnly = true)
    void keep(
            Caller caller,
            @OptionText("who says so") ActingAs as,
            @Takes(Takes.ValueKind.MEMORY_NUMBER) @Argument(index = 0) Long number) {
        memories.keep(actors.resolveKnown(caller, as.name()), number);
        caller.print("memory " + number + " is kept");
    }
}
