package dev.katra.shell.memory;

import dev.katra.core.memory.Forgotten;
import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.Visible;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
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

    private static final int SHOWN_BYTES = 200;

    private final MemoryService memories;
    private final Speakers speakers;

    ForgetCommand(MemoryService memories, Speakers speakers) {
        this.memories = memories;
        this.speakers = speakers;
    }

    @Command(
            name = "forget",
            group = Groups.MEMORY,
            description = "Remove a memory by its number, with its earlier revisions",
            help = "Its text leaves the database and every index for good. The number stays taken.")
    void forget(
            Caller caller,
            @Option(longName = "as", description = "who forgets (default: KATRA_AS, or your login name)") @Nullable
                    String as,
            @Option(longName = "json", description = "print what was removed as JSON") boolean json,
            @Argument(index = 0) Long number) {
        Forgotten forgotten = memories.forget(speakers.of(caller, as), number);
        if (json) {
            caller.print(Json.of(forgotten));
        } else if (forgotten.memories().isEmpty()) {
            caller.print("memory " + number + " was forgotten before");
        } else {
            for (KnownMemory memory : forgotten.memories()) {
                String content =
                        Excerpt.of(memory.content(), List.of(), SHOWN_BYTES).text();
                caller.print("forgotten: #" + memory.number() + " "
                        + Visible.of(content).replace("\n", "\n    "));
            }
        }
    }
}
