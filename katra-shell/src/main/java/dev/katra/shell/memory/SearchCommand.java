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
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
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
            ResultLimit limit,
            @OptionText("whose private memories count") ActingAs as,
            @OptionText("what was found as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.QUESTION) @Arguments List<String> question) {
        Instant now = clock.instant();
        Hits hits = search.search(
                actors.resolveKnown(caller, as.name()),
                CommandText.of(caller, question, "the question"),
                limit.value());
        if (format.json()) {
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
        Excerpt excerpt = Excerpt.of(message.said().text(), found.why(), MAX_EXCERPT_BYTES);
        String to = message.toRoom()
                ? ""
                : " to "
                        + message.receipts().stream()
                                .map(PastMessage.Receipt::persona)
                                .collect(Collectors.joining(", "));
        caller.print("message #" + message.number() + " " + message.sender().name() + to + ", "
                + Age.ago(message.said().at(), now, caller.zone())
                + (found.why().isEmpty() ? "" : " [" + String.join(", ", found.why()) + "]") + ": "
                + excerpt.text().replace("\n", "\n    "));
        if (!excerpt.isWhole()) {
            caller.print("    (" + excerpt.omittedBytes() + " bytes left out: katra history --before "
                    + (message.number() + 1) + " --limit 1)");
        }
    }
}
