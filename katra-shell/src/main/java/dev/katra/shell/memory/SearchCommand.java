package dev.katra.shell.memory;

import dev.katra.core.lookup.Hits;
import dev.katra.core.lookup.SearchService;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.room.MessageSearchResult;
import dev.katra.core.room.PastMessage;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra search} searches memories and messages together. */
@Component
class SearchCommand {

    private static final int MAX_EXCERPT_BYTES = 600;

    private final SearchService search;
    private final ActorResolver actors;
    private final Clock clock;

    SearchCommand(SearchService search, ActorResolver actors, Clock clock) {
        this.search = search;
        this.actors = actors;
        this.clock = clock;
    }

    @Example(
            value = "katra search \"release date\"",
            synonyms = {"find", "grep"})
    @Command(
            name = "search",
            group = Groups.MEMORY,
            description = "Find memories and messages by a question or by words")
    @Runs(readsInput = true)
    void search(
            Caller caller,
            @Takes(Takes.ValueKind.COUNT)
                    @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
                    Integer limit,
            @Takes(Takes.ValueKind.PERSON)
                    @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print what was found as JSON") boolean json,
            @Takes(Takes.ValueKind.QUESTION) @Arguments List<String> question) {
        Instant now = clock.instant();
        Hits hits =
                search.search(actors.resolveKnown(caller, as), CommandText.of(caller, question, "the question"), limit);
        if (json) {
            caller.print(Json.of(hits));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, now);
        for (Hits.Hit hit : hits.hits()) {
            RecallResult.RecalledMemory memory = hit.memory();
            MessageSearchResult.FoundMessage message = hit.message();
            if (memory != null) {
                printer.printExcerpt(memory.memory(), memory.why(), "memory ");
            } else if (message != null) {
                print(caller, message, now);
            }
        }
        if (hits.weak() && !hits.hits().isEmpty()) {
            caller.note(RecallCommand.NOTHING_MATCHES_WELL);
        }
        RecallCommand.printRemarks(caller, hits.hits().size(), hits.total(), hits.more(), hits.complete());
    }

    private static void print(Caller caller, MessageSearchResult.FoundMessage found, Instant now) {
        PastMessage message = found.message();
        Excerpt excerpt = Excerpt.of(message.text(), found.why(), MAX_EXCERPT_BYTES);
        String to = message.toRoom()
                ? ""
                : " to "
                        + message.receipts().stream()
                                .map(PastMessage.Receipt::persona)
                                .collect(Collectors.joining(", "));
        caller.print("message #" + message.number() + " " + message.from() + to + ", " + Age.of(message.at(), now)
                + " ago" + (found.why().isEmpty() ? "" : " [" + String.join(", ", found.why()) + "]") + ": "
                + excerpt.text().replace("\n", "\n    "));
        if (!excerpt.isWhole()) {
            caller.print("    (" + excerpt.omittedBytes() + " bytes left out: katra history --before "
                    + (message.number() + 1) + " --limit 1)");
        }
    }
}
