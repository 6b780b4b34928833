package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryReview;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Runs;
import dev.katra.shell.room.ActingAs;
import dev.katra.shell.room.ActorResolver;
import java.time.Clock;
import java.util.List;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.stereotype.Component;

/** The command {@code katra memory reviewable}, which lists for {@code katra memory review} what there is to look at. */
@Component
class MemoryReviewableCommand {

    private final MemoryReview review;
    private final ActorResolver actors;
    private final Clock clock;

    MemoryReviewableCommand(MemoryReview review, ActorResolver actors, Clock clock) {
        this.review = review;
        this.actors = actors;
        this.clock = clock;
    }

    @Command(
            name = {"memory", "reviewable"},
            group = Groups.MEMORY,
            description = "List the memories to look at",
            hidden = true)
    @Runs(ownerOnly = true)
    void list(
            Caller caller,
            ReviewOptions options,
            @OptionText("who looks at them") ActingAs as,
            @OptionText("an array of objects") OutputFormat format) {
        List<MemoryReview.Item> items = review.items(
                actors.resolveKnown(caller, as.name()),
                options.reasons(),
                options.limit().value());
        if (format.json()) {
            caller.print(Json.of(items));
            return;
        }
        MemoryPrinter printer = new MemoryPrinter(caller, clock.instant());
        for (MemoryReview.Item item : items) {
            caller.print(item.why() + ": " + printer.line(item.memory()));
            if (item.other() != null) {
                caller.print("    " + printer.line(item.other()));
            }
        }
        if (items.isEmpty()) {
            caller.note("there is nothing to look at");
        }
    }
}
