package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecentMemories;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra recent} prints the newest memories. */
@Component
class RecentCommand {

    private final MemoryService memories;
    private final ActorResolver actors;
    private final Clock clock;

    RecentCommand(MemoryService memories, ActorResolver actors, Clock clock) {
        this.memories = memories;
        this.actors = actors;
        this.clock = clock;
    }

    @Example(
            value = "katra recent --kind decision --since 7d",
            synonyms = {"memories"})
    @Command(name = "recent", group = Groups.MEMORY, description = "Print the newest memories that hold, newest first")
    void recent(
            Caller caller,
            MemoryFilterOptions options,
            @OptionText("whose private memories count") ActingAs as,
            @OptionText("them as JSON") OutputFormat format) {
        Instant now = clock.instant();
        RecentMemories recent = memories.recent(
                actors.resolveKnown(caller, as.name()),
                options.filter(caller, now),
                options.limit().value());
        if (format.json()) {
            caller.print(Json.of(recent));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, now);
        recent.memories().forEach(memory -> printer.printExcerpt(memory, List.of(), ""));
        if (recent.memories().isEmpty()) {
            caller.note("nothing found");
        } else if (recent.more()) {
            caller.note("there are older ones; --limit shows them");
        }
    }
}
