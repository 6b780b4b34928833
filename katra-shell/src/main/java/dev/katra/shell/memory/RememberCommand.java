package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.NewMemory;
import dev.katra.core.memory.RememberResult;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.room.MaskedNote;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra remember} stores a memory. */
@Component
class RememberCommand {

    private final MemoryService memories;
    private final ActorResolver actors;
    private final MaskedNote maskedNote;

    RememberCommand(MemoryService memories, ActorResolver actors, MaskedNote maskedNote) {
        this.memories = memories;
        this.actors = actors;
        this.maskedNote = maskedNote;
    }

    @Example(
            value = "katra remember --kind decision \"we release on Thursdays\"",
            synonyms = {"note", "memo", "save"})
    @Command(name = "remember", group = Groups.MEMORY, description = "Store a memory that every session can find")
    @Runs(readsInput = true)
    void remember(
            Caller caller,
            @Takes(Takes.ValueKind.MEMORY_KIND)
                    @Option(longName = "kind", defaultValue = "note", description = "note (default), fact or decision")
                    String kind,
            @Takes(Takes.ValueKind.WORD)
                    @Option(longName = "tag", description = "one word to find it by; may be repeated")
                    List<String> tag,
            @Takes(Takes.ValueKind.IMPORTANCE)
                    @Option(
                            longName = "importance",
                            defaultValue = "3",
                            description = "1 (minor) to 5 (vital); default 3")
                    Integer importance,
            @Option(longName = "private", description = "for its author only") boolean hidden,
            @Takes(Takes.ValueKind.PERSON)
                    @Option(longName = "as", description = "the author (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print what was stored as JSON") boolean json,
            @Takes(Takes.ValueKind.TEXT) @Arguments List<String> text) {
        String content = CommandText.of(caller, text, "the memory");
        NewMemory memory = new NewMemory(
                content,
                MemoryFilterOptions.kind(kind),
                hidden ? MemoryScope.PRIVATE : MemoryScope.TEAM,
                importance,
                tag);
        RememberResult remembered = memories.remember(actors.resolve(caller, as), memory, null);
        maskedNote.print(caller, memory.texts());
        if (json) {
            caller.print(Json.of(new StoredMemoryJson(
                    remembered.number(), remembered.memory().uid(), remembered.confirmed())));
        } else if (remembered.confirmed()) {
            caller.print("already known as " + remembered.number() + ", confirmed");
        } else {
            caller.print("remembered as " + remembered.number());
        }
    }

    /** Holds what was stored, for {@code --json}. */
    record StoredMemoryJson(long number, String uid, boolean confirmed) {}
}
