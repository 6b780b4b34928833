package dev.katra.shell.room;

import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.text.Visible;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages for a person, coloured by persona, or as JSON lines. Later lines of a message are indented and
 * control characters shown, so that no text can pass for a message of its own.
 */
public final class MessagePrinter {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int[] COLOURS = {36, 33, 35, 32, 34, 31, 96, 93, 95, 92};

    private final Caller caller;
    private final boolean json;
    private final ZoneId zone;

    /** A printer on the caller's output. */
    public MessagePrinter(Caller caller, boolean json) {
        this.caller = caller;
        this.json = json;
        this.zone = caller.zone();
    }

    /** Prints messages from an inbox. */
    public void print(List<HeardMessage> messages) {
        for (HeardMessage m : messages) {
            if (json) {
                caller.print(Json.of(m));
            } else {
                String mark =
                        (m.toRoom() ? "" : " (to " + (m.to().size() == 1 ? "you" : String.join(", ", m.to())) + ")")
                                + reply(m.replyTo())
                                + (m.redelivered() ? " (again)" : "");
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
        line(m.number(), m.at(), m.from(), m.human(), to + reply(m.replyTo()), m.text());
        if (receipts) {
            int widest = m.receipts().stream()
                    .mapToInt(r -> r.persona().length())
                    .max()
                    .orElse(0);
            m.receipts()
                    .forEach(r -> caller.print("        " + r.persona()
                            + " ".repeat(widest + 2 - r.persona().length())
                            + r.delivery().name().toLowerCase(Locale.ROOT)));
        }
    }

    private static String reply(@Nullable Long to) {
        return to == null ? "" : " (re #" + to + ")";
    }

    private void line(long number, Instant at, String from, boolean human, String mark, String text) {
        String name = from + (human ? " (human)" : "");
        String shown = caller.colours() ? "\u001b[1;" + colour(from) + "m" + name + "\u001b[0m" : name;
        caller.print("#" + number + " " + TIME.format(at.atZone(zone)) + " " + shown + mark + ": "
                + Visible.of(text).replace("\n", "\n    "));
    }

    private static int colour(String persona) {
        return COLOURS[Math.floorMod(persona.toLowerCase(Locale.ROOT).hashCode(), COLOURS.length)];
    }
}
