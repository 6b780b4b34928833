package dev.katra.mcp.room;

import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.PastMessage.Receipt;
import dev.katra.mcp.tool.Lines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on the wire.
 *
 * @param human true if a person said it
 * @param to whom it went to; absent if that was the room
 * @param redelivered true if it was given before without proof of receipt
 */
record MessageView(
        long number,
        String from,
        @Nullable Boolean human,
        @Nullable List<String> to,
        @Nullable Long replyTo,
        String at,
        String text,
        @Nullable Boolean redelivered) {

    static MessageView of(HeardMessage message) {
        return new MessageView(
                message.number(),
                message.from(),
                message.human() ? true : null,
                message.toRoom() ? null : message.to(),
                message.replyTo(),
                Lines.time(message.at()),
                message.text(),
                message.redelivered() ? true : null);
    }

    static MessageView of(PastMessage message) {
        return new MessageView(
                message.number(),
                message.from(),
                message.human() ? true : null,
                message.toRoom()
                        ? null
                        : message.receipts().stream().map(Receipt::persona).toList(),
                message.replyTo(),
                Lines.time(message.at()),
                message.text(),
                null);
    }

    String lines() {
        return "#" + number + " " + from + (human == null ? "" : " (a person)")
                + (to == null ? "" : " to " + String.join(", ", to))
                + (replyTo == null ? "" : " in reply to #" + replyTo) + " " + at
                + (redelivered == null ? "" : " (redelivered)")
                + "\n" + Lines.indented(text);
    }
}
