package dev.katra.shell.memory;

import dev.katra.core.lookup.Hits;
import dev.katra.core.lookup.SearchService;
import dev.katra.core.memory.Recalled;
import dev.katra.core.room.FoundMessages;
import dev.katra.core.room.PastMessage;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.Visible;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Texts;
import dev.katra.shell.room.Speakers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra search}: one search over memories and messages. */
@Component
class SearchCommand {

    private static final int LISTED_BYTES = 600;

    private final SearchService search;
    private final Speakers speakers;
    private final Clock clock;

    SearchCommand(SearchService search, Speakers speakers, Clock clock) {
        this.search = search;
        this.speakers = speakers;
        this.clock = clock;
    }

    @Command(
            name = "search",
            group = Groups.MEMORY,
            description = "Find memories and messages by a question or by words")
    @Runs(readsInput = true)
    void search(
            Caller caller,
            @Option(longName = "limit", defaultValue = "10", description = "how many at most (default 10)")
                    Integer limit,
            @Option(
                            longName = "as",
                            description = "whose private memories count (default: KATRA_AS, or your login name)")
                    @Nullable
                    String as,
            @Option(longName = "json", description = "print what was found as JSON") boolean json,
            @Arguments List<String> question) {
        Instant now = clock.instant();
        Hits hits = search.search(speakers.of(caller, as), Texts.of(caller, question, "the question"), limit);
        if (json) {
            caller.print(Json.of(hits));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, now);
        for (Hits.Hit hit : hits.hits()) {
            Recalled.Found memory = hit.memory();
            FoundMessages.Found message = hit.message();
            if (memory != null) {
                printer.list(memory.memory(), memory.why(), "memory ");
            } else if (message != null) {
                print(caller, message, now);
            }
        }
        if (hits.weak() && !hits.hits().isEmpty()) {
            caller.note(RecallCommand.NOTHING_MATCHES_WELL);
        }
        RecallCommand.notes(caller, hits.hits().size(), hits.total(), hits.more(), hits.complete());
    }

    private static void print(Caller caller, FoundMessages.Found found, Instant now) {
        PastMessage message = found.message();
        Excerpt excerpt = Excerpt.of(message.text(), found.why(), LISTED_BYTES);
        String to = message.toRoom()
                ? ""
                : " to "
                        + message.receipts().stream()
                                .map(PastMessage.Receipt::persona)
                                .collect(Collectors.joining(", "));
        caller.print("message #" + message.number() + " " + message.from() + to + ", " + Age.of(message.at(), now)
                + " ago" + (found.why().isEmpty() ? "" : " [" + String.join(", ", found.why()) + "]") + ": "
                + Visible.of(excerpt.text()).replace("\n", "\n    "));
        if (!excerpt.whole()) {
            caller.print("    (" + excerpt.left() + " bytes left out: katra history --before " + (message.number() + 1)
                    + " --limit 1)");
        }
    }
}
