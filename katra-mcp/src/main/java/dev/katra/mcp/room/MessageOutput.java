package dev.katra.mcp.room;

import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.room.PastMessage.Receipt;
import dev.katra.core.text.Age;
import dev.katra.mcp.tool.AnswerText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a message in a tool's answer. Fields with their default value are absent.
 *
 * @param human true if a person said it; otherwise absent
 * @param to the recipients; absent if it went to the room
 * @param at the time at which it was said; for a new message its age, because a model pays a third for that
 * @param redelivered true if it was given before without proof of receipt; otherwise absent
 * @param receipts how far each recipient has received it, for its sender; otherwise absent
 */
record MessageOutput(
        long number,
        String from,
        @Nullable Boolean human,
        @Nullable List<String> to,
        @Nullable Long replyTo,
        String at,
        String text,
        @Nullable Boolean redelivered,
        @Nullable String receipts) {

    static MessageOutput of(InboxMessage message, Instant now) {
        return new MessageOutput(
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

    /** Returns a past message as the viewer sees it: with its receipts if the viewer said it. */
    static MessageOutput of(PastMessage message, String viewer) {
        return new MessageOutput(
                message.number(),
                message.from(),
                message.human() ? true : null,
                message.toRoom()
                        ? null
                        : message.receipts().stream().map(Receipt::persona).toList(),
                message.replyTo(),
                AnswerText.time(message.at()),
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
        return personas.isEmpty() ? "" : step.externalName() + ": " + personas;
    }

    String lines() {
        return "#" + number + " " + from + (human == null ? "" : " (a person)")
                + (to == null ? "" : " to " + String.join(", ", to))
                + (replyTo == null ? "" : " in reply to #" + replyTo) + " " + at
                + (redelivered == null ? "" : " (redelivered)")
                + (receipts == null ? "" : " [" + receipts + "]")
                + "\n" + AnswerText.indented(text);
    }
}
