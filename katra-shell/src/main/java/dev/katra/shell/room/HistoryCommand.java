package dev.katra.shell.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.room.RoomService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.OutputFormat;
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
            MessageFilterOptions filter,
            @Option(longName = "receipts", description = "show for each persona: queued, offered or received")
                    boolean receipts,
            @OptionText("one JSON object per message") OutputFormat format) {
        boolean owner = caller.variable(SessionContract.TOKEN_VARIABLE).isEmpty();
        MessagePrinter printer = MessagePrinter.ofHistory(caller, format.json());
        room.history(filter.query(owner ? null : actors.resolve(caller, null)))
                .forEach(message -> printer.print(message, receipts));
    }
}
