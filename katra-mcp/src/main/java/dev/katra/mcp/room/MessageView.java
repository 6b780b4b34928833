package dev.katra.mcp.room;

import dev.katra.core.room.HeardMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.room.PastMessage.Receipt;
import dev.katra.core.text.Age;
import dev.katra.mcp.tool.Lines;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message on the wire.
 *
 * @param human true if a person said it
 * @param to whom it went to; absent if that was the room
 * @param at when it was said; how long ago, for one that is new: a model pays a third for that
 * @param redelivered true if it was given before without proof of receipt
 * @param receipts who has it how far, for those who said it
 */
record MessageView(
        long number,
        String from,
        @Nullable Boolean human,
        @Nullable List<String> to,
        @Nullable Long replyTo,
        String at,
        String text,
        @Nullable Boolean redelivered,
        @Nullable String receipts) {

    static MessageView of(HeardMessage message, Instant now) {
        return new MessageView(
                message.number(),
                message.from(),
                message.human() ? true : null,
                message.toRoom() ? null : message.to(),
                message.replyTo(),
                Age.of(message.at(), now) + " ago",
                message.text(),
                message.redelivered() ? true : null,
                null);
    }

    /** A message of the past, with its receipts if the viewer said it. */
    static MessageView of(PastMessage message, String viewer) {
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
                null,
                message.from().equals(viewer) ? receipts(message) : null);
    }

    private static @Nullable String receipts(PastMessage message) {
        String receipts = Stream.of(Delivery.values())
                .map(step -> receipts(message, step))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
        return receipts.isEmpty() ? null : receipts;
    }

    private static String receipts(PastMessage message, Delivery step) {
        String personas = message.receipts().stream()
                .filter(receipt -> receipt.delivery() == step)
                .map(Receipt::persona)
                .collect(Collectors.joining(", "));
        return personas.isEmpty() ? "" : step.name().toLowerCase(Locale.ROOT) + ": " + personas;
    }

    String lines() {
        return "#" + number + " " + from + (human == null ? "" : " (a person)")
                + (to == null ? "" : " to " + String.join(", ", to))
                + (replyTo == null ? "" : " in reply to #" + replyTo) + " " + at
                + (redelivered == null ? "" : " (redelivered)")
                + (receipts == null ? "" : " [" + receipts + "]")
                + "\n" + Lines.indented(text);
    }
}
