package dev.katra.shell.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.Heard;
import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.RoomService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Groups;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/** {@code katra hear}: what is in one's inbox. A message is received once it is written out. */
@Component
class HearCommand {

    private final RoomService room;
    private final Speakers speakers;

    HearCommand(RoomService room, Speakers speakers) {
        this.room = room;
        this.speakers = speakers;
    }

    @Command(name = "hear", group = Groups.ROOM, description = "Print the messages you have not received yet")
    void hear(
            Caller caller,
            @Option(longName = "follow", shortName = 'f', description = "go on printing what comes, until Ctrl-C")
                    boolean follow,
            @Option(longName = "as", description = "whose inbox (default: KATRA_AS, or your login name)") @Nullable
                    String as,
            @Option(longName = "json", description = "print one JSON object per message") boolean json) {
        Actor actor = speakers.of(caller, as);
        MessagePrinter printer = new MessagePrinter(caller, json);
        while (true) {
            CompletableFuture<Void> mail = room.mail(actor.personaId());
            try {
                int heard = take(caller, actor, printer);
                if (!follow) {
                    if (heard == 0 && !json && caller.terminal().output()) {
                        caller.note("nothing new");
                    }
                    return;
                }
                if (!awaitMail(caller, mail)) {
                    return;
                }
            } finally {
                mail.cancel(false); // whoever no longer waits is not kept
            }
        }
    }

    private int take(Caller caller, Actor actor, MessagePrinter printer) {
        int heard = 0;
        while (true) {
            Heard batch = room.inbox(actor);
            List<HeardMessage> messages = batch.messages();
            if (messages.isEmpty()) {
                return heard;
            }
            printer.print(messages);
            if (caller.gone().getAsBoolean()) {
                return heard;
            }
            room.received(actor, messages.stream().map(HeardMessage::number).toList());
            heard += messages.size();
        }
    }

    /** False once the caller is gone. */
    private static boolean awaitMail(Caller caller, CompletableFuture<Void> mail) {
        while (!caller.gone().getAsBoolean()) {
            try {
                mail.get(1, TimeUnit.SECONDS);
                return true;
            } catch (TimeoutException e) {
                // look whether the caller is still there
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.of(Failure.Code.CANCELLED, "interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return false;
    }
}
