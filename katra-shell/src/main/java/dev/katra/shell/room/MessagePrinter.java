package dev.katra.shell.room;

import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes messages for a person, coloured by persona, or as JSON lines. */
public final class MessagePrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int[] COLOURS = {36, 33, 35, 32, 34, 31, 96, 93, 95, 92};

    private final Caller caller;
    private final boolean json;

    /** A printer on the caller's output. */
    public MessagePrinter(Caller caller, boolean json) {
        this.caller = caller;
        this.json = json;
    }

    /** Prints messages from an inbox. */
    public void print(List<HeardMessage> messages) {
        for (HeardMessage m : messages) {
            if (json) {
                caller.print(Json.of(m));
            } else {
                String mark = (m.toRoom() ? "" : " (to you)") + (m.redelivered() ? " (again)" : "");
                line(m.number(), m.at(), m.from(), m.human(), mark, m.text());
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
        line(m.number(), m.at(), m.from(), m.human(), to, m.text());
        if (receipts) {
            m.receipts()
                    .forEach(r -> caller.print("        " + r.persona() + ": "
                            + r.delivery().name().toLowerCase(Locale.ROOT)));
        }
    }

    private void line(long number, Instant at, String from, boolean human, String mark, String text) {
        String name = from + (human ? " (human)" : "");
        String shown = caller.colours() ? "\u001b[1;" + colour(from) + "m" + name + "\u001b[0m" : name;
        caller.print("#" + number + " " + TIME.format(at) + " " + shown + mark + ": " + text);
    }

    private static int colour(String persona) {
        return COLOURS[Math.floorMod(persona.toLowerCase(Locale.ROOT).hashCode(), COLOURS.length)];
    }
}
