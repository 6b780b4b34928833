package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecentMemories;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
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
            @Takes(Takes.ValueKind.COUNT)
                    @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
                    Integer limit,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "author", description = "only memories of this persona")
                    @Nullable
                    String author,
            @Takes(Takes.ValueKind.MEMORY_KIND)
                    @Option(longName = "kind", description = "only notes, facts or decisions")
                    @Nullable
                    String kind,
            @Takes(Takes.ValueKind.WORD) @Option(longName = "tag", description = "only with this tag; may be repeated")
                    List<String> tag,
            @Takes(Takes.ValueKind.SINCE)
                    @Option(longName = "since", description = "not older: an age such as 2h or 7d, or a date")
                    @Nullable
                    String since,
            @Takes(Takes.ValueKind.MEMORY_SCOPE)
                    @Option(longName = "scope", description = "only team or only private memories")
                    @Nullable
                    String scope,
            @Takes(Takes.ValueKind.PERSON)
                    @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print them as JSON") boolean json) {
        Instant now = clock.instant();
        RecentMemories recent = memories.recent(
                actors.resolveKnown(caller, as),
                MemoryFilterOptions.of(caller, now, author, kind, tag, since, scope),
                limit);
        if (json) {
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
