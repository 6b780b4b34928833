package dev.katra.shell.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.Recalled;
import dev.katra.core.text.Age;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import dev.katra.shell.room.Speakers;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra recall}: finds memories by a question or by words. */
@Component
class RecallCommand {

    private final MemoryService memories;
    private final Speakers speakers;
    private final Clock clock;

    RecallCommand(MemoryService memories, Speakers speakers, Clock clock) {
        this.memories = memories;
        this.speakers = speakers;
        this.clock = clock;
    }

    @Command(name = "recall", group = Groups.MEMORY, description = "Find memories by a question or by words")
    @Runs(readsInput = true)
    void recall(
            Caller caller,
            @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
                    Integer limit,
            @Option(longName = "author", description = "only memories of this persona") @Nullable String author,
            @Option(longName = "kind", description = "only notes, facts or decisions") @Nullable String kind,
            @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print what was found as JSON") boolean json,
            @Arguments List<String> question) {
        Recalled recalled = memories.recall(
                speakers.of(caller, as),
                new RecallQuery(
                        Texts.of(caller, question, "the question"),
                        new MemoryFilter(
                                author, kind == null ? null : RememberCommand.kind(kind), List.of(), null, null),
                        limit));
        if (json) {
            caller.print(Json.of(recalled));
            return;
        }
        for (Recalled.Found each : recalled.found()) {
            KnownMemory found = each.memory();
            caller.print("#" + found.number() + " " + found.author() + ", "
                    + found.kind().word() + ", " + Age.of(found.at(), clock.instant()) + " ago: " + found.content());
        }
        if (recalled.total() > recalled.found().size()) {
            caller.note(recalled.total() - recalled.found().size() + " more; --limit shows them");
        } else if (recalled.total() == 0) {
            caller.note("nothing found");
        }
    }
}
