package dev.katra.shell.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.room.Speakers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra forget}: removes a memory. */
@Component
class ForgetCommand {

    private final MemoryService memories;
    private final Speakers speakers;

    ForgetCommand(MemoryService memories, Speakers speakers) {
        this.memories = memories;
        this.speakers = speakers;
    }

    @Command(name = "forget", group = Groups.MEMORY, description = "Remove a memory by its number")
    void forget(
            Caller caller,
            @Option(longName = "as", description = "who forgets (default: KATRA_AS, or your login name)") @Nullable
                    String as,
            @Argument(index = 0) Long number) {
        List<KnownMemory> removed =
                memories.forget(speakers.of(caller, as), number).memories();
        removed.forEach(memory -> caller.print("forgotten: " + memory.content()));
        if (removed.isEmpty()) {
            caller.print("forgotten: memory " + number + " was already");
        }
    }
}
