package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.Recent;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.room.Speakers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra recent}: the newest memories. */
@Component
class RecentCommand {

    private final MemoryService memories;
    private final Speakers speakers;
    private final Clock clock;

    RecentCommand(MemoryService memories, Speakers speakers, Clock clock) {
        this.memories = memories;
        this.speakers = speakers;
        this.clock = clock;
    }

    @Command(name = "recent", group = Groups.MEMORY, description = "Print the newest memories that hold, newest first")
    void recent(
            Caller caller,
            @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
                    Integer limit,
            @Option(longName = "author", description = "only memories of this persona") @Nullable String author,
            @Option(longName = "kind", description = "only notes, facts or decisions") @Nullable String kind,
            @Option(longName = "tag", description = "only with this tag; may be repeated") List<String> tag,
            @Option(longName = "since", description = "not older: an age such as 2h or 7d, or a date") @Nullable
                    String since,
            @Option(longName = "scope", description = "only team or only private memories") @Nullable String scope,
            @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print them as JSON") boolean json) {
        Instant now = clock.instant();
        Recent recent = memories.recent(
                speakers.of(caller, as), Filters.of(caller, now, author, kind, tag, since, scope), limit);
        if (json) {
            caller.print(Json.of(recent));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, now);
        recent.memories().forEach(memory -> printer.list(memory, List.of(), ""));
        if (recent.memories().isEmpty()) {
            caller.note("nothing found");
        } else if (recent.more()) {
            caller.note("there are older ones; --limit shows them");
        }
    }
}
