package dev.katra.shell.room;

import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.Said;
import dev.katra.core.room.Sender;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Json;
import dev.katra.shell.console.TimeFormat;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Writes messages for a person, coloured by persona, or as JSON lines. Later lines of a message are indented, so that no
 * text can pass for a message of its own.
 */
public final class MessagePrinter {

    private static final int[] COLOURS = {36, 33, 35, 32, 34, 31, 96, 93, 95, 92};

    private final Caller caller;
    private final boolean json;
    private final Function<Instant, String> timeFormat;

    /** Creates a printer on the caller's output for what is said just now: it prints times without days. */
    public MessagePrinter(Caller caller, boolean json) {
        this(caller, json, at -> TimeFormat.time(at, caller.zone()));
    }

    private MessagePrinter(Caller caller, boolean json, Function<Instant, String> timeFormat) {
        this.caller = caller;
        this.json = json;
        this.timeFormat = timeFormat;
    }

    /** Returns a printer that names the day of every message that is not of today. */
    static MessagePrinter ofMail(Caller caller, boolean json, Clock clock) {
        return new MessagePrinter(caller, json, at -> TimeFormat.of(at, clock.instant(), caller.zone()));
    }

    /** Returns a printer that names the day of every message. */
    static MessagePrinter ofHistory(Caller caller, boolean json) {
        return new MessagePrinter(caller, json, at -> TimeFormat.withDay(at, caller.zone()));
    }

    /** Prints messages from an inbox. */
    public void print(List<InboxMessage> messages) {
        for (InboxMessage m : messages) {
            if (json) {
                caller.print(Json.of(m));
            } else {
                String mark =
                        (m.toRoom() ? "" : " (to " + (m.to().size() == 1 ? "you" : String.join(", ", m.to())) + ")")
                                + reply(m.said())
                                + (m.redelivered() ? " (again)" : "");
                line(m.number(), m.sender(), mark, m.said());
            }
        }
    }

    /** Prints one past message. */
    public void print(PastMessage m, boolean receipts) {
        if (json) {
            caller.print(Json.of(m));
            return;
        }
        String to = m.toRoom()
                ? ""
                : " (to "
                        + String.join(
                                ", ",
                                m.receipts().stream()
                                        .map(PastMessage.Receipt::persona)
                                        .toList()) + ")";
        line(m.number(), m.sender(), to + reply(m.said()), m.said());
        if (receipts) {
            int widest = m.receipts().stream()
                    .mapToInt(r -> r.persona().length())
                    .max()
                    .orElse(0);
            m.receipts()
                    .forEach(r -> caller.print("        " + r.persona()
                            + " ".repeat(widest + 2 - r.persona().length())
                            + r.delivery().externalName()));
        }
    }

    private static String reply(Said said) {
        return said.replyTo() == null ? "" : " (re #" + said.replyTo() + ")";
    }

    private void line(long number, Sender sender, String mark, Said said) {
        caller.print(
                "#" + number + " " + timeFormat.apply(said.at()) + " ",
                sender.name() + (sender.human() ? " (human)" : ""),
                colour(sender.name()),
                mark + ": " + said.text().replace("\n", "\n    "));
    }

    private static int colour(String persona) {
        return COLOURS[Math.floorMod(persona.toLowerCase(Locale.ROOT).hashCode(), COLOURS.length)];
    }
}
