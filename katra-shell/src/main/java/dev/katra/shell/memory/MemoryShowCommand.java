package dev.katra.shell.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.Revisions;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.room.Speakers;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra memory show}: one memory whole, with what it was and has become. */
@Component
class MemoryShowCommand {

    private final MemoryService memories;
    private final Speakers speakers;
    private final Clock clock;

    MemoryShowCommand(MemoryService memories, Speakers speakers, Clock clock) {
        this.memories = memories;
        this.speakers = speakers;
        this.clock = clock;
    }

    @Command(
            name = {"memory", "show"},
            group = Groups.MEMORY,
            description = "Print one memory whole, and its other revisions")
    void show(
            Caller caller,
            @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print an object with all revisions") boolean json,
            @Argument(index = 0) Long number) {
        Revisions revisions = memories.show(speakers.of(caller, as), number);
        if (json) {
            caller.print(Json.of(revisions));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, clock.instant());
        printer.whole(revisions.asked());
        List<KnownMemory> others = revisions.revisions().stream()
                .filter(each -> each.number() != number)
                .toList();
        if (!others.isEmpty()) {
            caller.print("other revisions:");
            others.forEach(printer::whole);
        }
    }
}
