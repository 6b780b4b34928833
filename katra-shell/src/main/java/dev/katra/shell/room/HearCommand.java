package dev.katra.shell.room;

import dev.katra.core.contract.SessionContract;
import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.RoomService;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.EntryPoint;
import dev.katra.shell.console.Example;
import dev.katra.shell.console.Groups;
import dev.katra.shell.console.OptionText;
import dev.katra.shell.console.Outcome;
import dev.katra.shell.console.OutputFormat;
import dev.katra.shell.console.Takes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import org.springframework.stereotype.Component;

/**
 * The command {@code katra hear} prints the messages of an inbox. A message is received once the caller has written it
 * out. Only the caller knows that, so this has the caller become the same command, with the numbers of what it has
 * written; a caller that cannot write does not come again.
 */
@Component
class HearCommand {

    private final RoomService room;
    private final ActorResolver actors;
    private final Clock clock;
    private final Optional<Path> entryPoint;

    @Autowired
    HearCommand(RoomService room, ActorResolver actors, Clock clock) {
        this(room, actors, clock, EntryPoint.find());
    }

    HearCommand(RoomService room, ActorResolver actors, Clock clock, Optional<Path> entryPoint) {
        this.room = room;
        this.actors = actors;
        this.clock = clock;
        this.entryPoint = entryPoint;
    }

    @Example(
            value = "katra hear --follow",
            synonyms = {"inbox", "mail", "read", "listen", "messages"})
    @Command(name = "hear", group = Groups.ROOM, description = "Print the messages you have not received yet")
    Outcome hear(
            Caller caller,
            @Option(longName = "follow", shortName = 'f', description = "go on printing what comes, until Ctrl-C")
                    boolean follow,
            @OptionText("whose inbox") ActingAs as,
            @OptionText("one JSON object per message") OutputFormat format,
            @Takes(Takes.ValueKind.NUMBERS)
                    @Option(
                            longName = "received",
                            description = "numbers, with commas, of what you have; katra hear adds them by itself")
                    @Nullable
                    String received) {
        if (!caller.variable(SessionContract.TOKEN_VARIABLE).isEmpty()) {
            throw Failure.invalid("inside a session katra hear cannot know what its model has read")
                    .hint("use the tool katra_hear");
        }
        Actor actor = actors.resolveKnown(caller, as.name());
        if (received != null) {
            room.markReceived(actor, numbers(received));
        }
        MessagePrinter printer = MessagePrinter.ofMail(caller, format.json(), clock);
        boolean heard = received != null;
        while (true) {
            CompletableFuture<Void> mail = room.nextMail(actor.personaId());
            try {
                List<InboxMessage> messages = room.inbox(actor).messages();
                if (!messages.isEmpty()) {
                    heard = true;
                    printer.print(messages);
                    List<Long> numbers =
                            messages.stream().map(InboxMessage::number).toList();
                    if (caller.isDisconnected()) {
                        return Outcome.OK;
                    }
                    if (entryPoint.isPresent()) {
                        return new Outcome.Exec(receiptCommand(entryPoint.get(), numbers, follow, as, format));
                    }
                    room.markReceived(actor, numbers);
                } else if (!follow) {
                    if (!heard && !format.json() && caller.terminal().output()) {
                        caller.note("nothing new");
                    }
                    return Outcome.OK;
                } else if (!awaitMail(caller, mail)) {
                    return Outcome.OK;
                }
            } finally {
                mail.cancel(false); // whoever no longer waits is not kept
            }
        }
    }

    /** Returns the command that the caller becomes when it has written the messages of these numbers. */
    private static List<String> receiptCommand(
            Path program, List<Long> numbers, boolean follow, ActingAs as, OutputFormat format) {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "hear",
                "--received",
                numbers.stream().map(String::valueOf).collect(Collectors.joining(","))));
        if (follow) {
            words.add("--follow");
        }
        if (as.name() != null) {
            words.addAll(List.of("--as", as.name()));
        }
        if (format.json()) {
            words.add("--json");
        }
        return words;
    }

    private static List<Long> numbers(String received) {
        try {
            return Stream.of(received.split(",", -1)).map(Long::valueOf).toList();
        } catch (NumberFormatException e) {
            throw Failure.invalid("--received \"" + received + "\" is not a list of message numbers")
                    .hint("write them with commas: --received 4,5")
                    .cause(e);
        }
    }

    /** Waits for mail; returns false once the caller is gone. */
    private static boolean awaitMail(Caller caller, CompletableFuture<Void> mail) {
        while (!caller.isDisconnected()) {
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
