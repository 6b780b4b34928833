package dev.katra.shell.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.lookup.RecallService;
import dev.katra.core.memory.RecallQuery;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.turn.FoundTurn;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CommandText;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.console.Takes;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import dev.katra.shell.turn.TurnPrinter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra recall} finds memories by a question or by words. */
@Component
class RecallCommand {

    static final String NOTHING_MATCHES_WELL = "nothing matches well; these are only the nearest";

    private final RecallService recall;
    private final ActorResolver actors;
    private final Clock clock;

    RecallCommand(RecallService recall, ActorResolver actors, Clock clock) {
        this.recall = recall;
        this.actors = actors;
        this.clock = clock;
    }

    /**
     * Holds what was found, for {@code --json}.
     *
     * @param turns past turns, if no memory answers
     */
    record RecallJson(@JsonUnwrapped RecallResult memories, List<FoundTurn> turns) {}

    @Example(
            value = "katra recall \"when do we release?\"",
            synonyms = {"find", "grep", "query"})
    @Command(
            name = "recall",
            group = Groups.MEMORY,
            description = "Find memories by a question or by words",
            help = """
                    Best match first; in brackets is what matched. Longer memories are cut around that.
                    katra memory show NUMBER prints one whole, katra search looks into messages too. If no memory answers, past
                    turns that do are printed apart.
                    """)
    @Runs(readsInput = true)
    void recall(
            Caller caller,
            MemoryFilterOptions options,
            @OptionText("whose private memories count") ActingAs as,
            @OptionText("what was found as JSON") OutputFormat format,
            @Takes(Takes.ValueKind.QUESTION) @Arguments List<String> question) {
        Instant now = clock.instant();
        RecallService.Recalled both = recall.recall(
                actors.resolveKnown(caller, as.name()),
                new RecallQuery(
                        CommandText.of(caller, question, "the question"),
                        options.filter(caller, now),
                        options.limit().value()));
        RecallResult recalled = both.memories();
        if (format.json()) {
            caller.print(Json.of(new RecallJson(recalled, both.turns())));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, now);
        recalled.found().forEach(each -> printer.printExcerpt(each.memory(), each.why(), ""));
        if (recalled.weak() && !recalled.found().isEmpty()) {
            caller.note(NOTHING_MATCHES_WELL);
        }
        if (both.turns().isEmpty()) {
            printRemarks(caller, recalled.found().size(), recalled.total(), recalled.more(), recalled.complete());
        } else {
            caller.print("from past turns:");
            new TurnPrinter(caller, now).print(both.turns());
        }
    }

    /**
     * Prints what the list does not say: that the index is incomplete, that there are more, or that nothing was found.
     */
    static void printRemarks(Caller caller, int shown, int total, boolean more, boolean complete) {
        if (!complete) {
            caller.note("the index is being rebuilt: not everything can be found yet");
        }
        if (total > shown) {
            caller.note((more ? "at least " : "") + (total - shown) + " more; --limit shows them");
        } else if (total == 0) {
            caller.note("nothing found");
        }
    }
}
