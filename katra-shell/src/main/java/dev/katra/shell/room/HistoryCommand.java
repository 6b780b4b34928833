package dev.katra.shell.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.room.HistoryQuery;
import dev.katra.core.room.RoomService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.Takes;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** The command {@code katra history} prints what was said, whoever has received it. */
@Component
class HistoryCommand {

    private final RoomService room;
    private final ActorResolver actors;

    HistoryCommand(RoomService room, ActorResolver actors) {
        this.room = room;
        this.actors = actors;
    }

    @Example(
            value = "katra history --with Sam --limit 50",
            synonyms = {"log", "chat", "messages"})
    @Command(name = "history", group = Groups.ROOM, description = "Print past messages, oldest first")
    void history(
            Caller caller,
            @Takes(Takes.ValueKind.COUNT)
                    @Option(
                            longName = "limit",
                            defaultValue = "20",
                            description = "how many (default 20, at most 1000)")
                    Integer limit,
            @Takes(Takes.ValueKind.MESSAGE_NUMBER)
                    @Option(longName = "before", description = "only messages before this number")
                    @Nullable
                    Long before,
            @Takes(Takes.ValueKind.PERSONA)
                    @Option(longName = "with", description = "only messages from or to this persona")
                    @Nullable
                    String with,
            @Takes(Takes.ValueKind.MESSAGE_NUMBER)
                    @Option(
                            longName = "thread",
                            description = "only this message, what it answers, and all answers to any of these")
                    @Nullable
                    Long thread,
            @Option(longName = "receipts", description = "show for each persona: queued, offered or received")
                    boolean receipts,
            @Option(longName = "json", description = "print one JSON object per message") boolean json) {
        boolean owner = caller.variable(SessionContract.TOKEN_VARIABLE).isEmpty();
        MessagePrinter printer = MessagePrinter.ofHistory(caller, json);
        room.history(new HistoryQuery(owner ? null : actors.resolve(caller, null), with, thread, before, limit))
                .forEach(message -> printer.print(message, receipts));
    }
}
