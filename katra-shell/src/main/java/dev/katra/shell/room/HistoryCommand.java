package dev.katra.shell.room;

import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.RoomService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra history}: what was said, whoever has received it. */
@Component
class HistoryCommand {

    private final RoomService room;
    private final Speakers speakers;

    HistoryCommand(RoomService room, Speakers speakers) {
        this.room = room;
        this.speakers = speakers;
    }

    @Command(name = "history", group = Groups.ROOM, description = "Print past messages, oldest first")
    void history(
            Caller caller,
            @Option(longName = "limit", defaultValue = "20", description = "how many (default 20, at most 1000)")
                    Integer limit,
            @Option(longName = "before", description = "only messages before this number") @Nullable Long before,
            @Option(longName = "with", description = "only messages from or to this persona") @Nullable String with,
            @Option(
                            longName = "thread",
                            description = "only this message, what it answers, and all answers to any of these")
                    @Nullable
                    Long thread,
            @Option(longName = "receipts", description = "show for each persona: queued, offered or received")
                    boolean receipts,
            @Option(longName = "json", description = "print one JSON object per message") boolean json) {
        boolean owner = caller.variable("KATRA_SESSION_TOKEN").isEmpty();
        MessagePrinter printer = new MessagePrinter(caller, json);
        room.history(new HistoryQuery(owner ? null : speakers.of(caller, null), with, thread, before, limit))
                .forEach(message -> printer.print(message, receipts));
    }
}
