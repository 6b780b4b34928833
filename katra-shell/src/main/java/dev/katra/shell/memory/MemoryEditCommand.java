package dev.katra.shell.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import dev.katra.shell.room.Speakers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra memory edit}: the next revision of a memory. */
@Component
class MemoryEditCommand {

    private final MemoryService memories;
    private final Speakers speakers;

    MemoryEditCommand(MemoryService memories, Speakers speakers) {
        this.memories = memories;
        this.speakers = speakers;
    }

    @Command(
            name = {"memory", "edit"},
            group = Groups.MEMORY,
            description = "Write the next revision of a memory",
            help = """
                    It gets a number of its own and supersedes the memory, which katra memory show still prints.
                    What is not given stays as it is; "-" as text reads standard input.
                    """)
    @Runs(readsInput = true)
    void edit(
            Caller caller,
            @Option(longName = "kind", description = "note, fact or decision") @Nullable String kind,
            @Option(longName = "tag", description = "in place of its tags; may be repeated") List<String> tag,
            @Option(longName = "importance", description = "1 (minor) to 5 (vital)") @Nullable Integer importance,
            @Option(longName = "scope", description = "team or private") @Nullable String scope,
            @Option(longName = "as", description = "who edits (default: KATRA_AS, or your login name)") @Nullable
                    String as,
            @Option(longName = "json", description = "print what was stored as JSON") boolean json,
            @Argument(index = 0) Long number,
            @Arguments List<String> text) {
        MemoryChange change = new MemoryChange(
                text.isEmpty() ? null : Texts.of(caller, text, "the text"),
                kind == null ? null : Filters.kind(kind),
                scope == null ? null : Filters.scope(scope),
                importance,
                tag.isEmpty() ? null : tag);
        if (change.equals(new MemoryChange(null, null, null, null, null))) {
            throw Failure.invalid("there is nothing to change")
                    .hint("katra memory edit " + number + " TEXT, or - for standard input, or an option");
        }
        KnownMemory revision = memories.edit(speakers.of(caller, as), number, change, null);
        if (json) {
            caller.print(Json.of(
                    new RememberCommand.Stored(revision.number(), revision.uid(), revision.number() == number)));
        } else if (revision.number() == number) {
            caller.print("memory " + number + " says that already");
        } else {
            caller.print("remembered as " + revision.number() + ", which supersedes " + number);
        }
    }
}
