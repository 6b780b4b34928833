package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.Remembered;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import dev.katra.shell.room.Speakers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra remember}: stores a memory. */
@Component
class RememberCommand {

    private final MemoryService memories;
    private final Speakers speakers;

    RememberCommand(MemoryService memories, Speakers speakers) {
        this.memories = memories;
        this.speakers = speakers;
    }

    @Command(name = "remember", group = Groups.MEMORY, description = "Store a memory that every session can find")
    @Runs(readsInput = true)
    void remember(
            Caller caller,
            @Option(longName = "kind", defaultValue = "note", description = "note (default), fact or decision")
                    String kind,
            @Option(longName = "tag", description = "one word to find it by; may be repeated") List<String> tag,
            @Option(longName = "importance", defaultValue = "3", description = "1 (minor) to 5 (vital); default 3")
                    Integer importance,
            @Option(longName = "private", description = "for its author only") boolean hidden,
            @Option(longName = "as", description = "the author (default: KATRA_AS, or your login name)") @Nullable
                    String as,
            @Option(longName = "json", description = "print what was stored as JSON") boolean json,
            @Arguments List<String> text) {
        Remembered remembered = memories.remember(
                speakers.of(caller, as),
                new NewMemory(
                        Texts.of(caller, text, "the memory"),
                        Filters.kind(kind),
                        hidden ? MemoryScope.PRIVATE : MemoryScope.TEAM,
                        importance,
                        tag),
                null);
        if (json) {
            caller.print(
                    Json.of(new Stored(remembered.number(), remembered.memory().uid(), remembered.confirmed())));
        } else if (remembered.confirmed()) {
            caller.print("already known as " + remembered.number() + ", confirmed");
        } else {
            caller.print("remembered as " + remembered.number());
        }
    }

    /** What was stored, for scripts. */
    record Stored(long number, String uid, boolean confirmed) {}
}
