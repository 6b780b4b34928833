package dev.katra.mcp.room;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.room.InboxMessage;
import dev.katra.core.room.PastMessage;
import dev.katra.core.room.PastMessage.Delivery;
import dev.katra.core.room.Said;
import dev.katra.core.room.Sender;
import dev.katra.core.text.Age;
import dev.katra.mcp.tool.AnswerText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a message in a tool's answer. Fields with their default value are absent, and its parts stand in the JSON as if
 * they were its own fields.
 */
record MessageOutput(
        long number,
        @JsonUnwrapped Head head,
        String text,
        @JsonUnwrapped Receipt receipt) {

    /**
     * Shows who has said a message to whom and when.
     *
     * @param human true if a person said it; otherwise absent
     * @param to the recipients; absent if it went to the room
     * @param at the time at which it was said; for a new message its age, because a model pays a third for that
     */
    record Head(
            String from,
            @Nullable Boolean human,
            @Nullable List<String> to,
            @Nullable Long replyTo,
            String at) {

        static Head of(Sender sender, @Nullable List<String> to, Said said, String at) {
            return new Head(sender.name(), sender.human() ? true : null, to, said.replyTo(), at);
        }

        String line() {
            return from + (human == null ? "" : " (a person)")
                    + (to == null ? "" : " to " + String.join(", ", to))
                    + (replyTo == null ? "" : " in reply to #" + replyTo) + " " + at;
        }
    }

    /**
     * Shows how far a message has come.
     *
     * @param redelivered true if it was given before without proof of receipt; otherwise absent
     * @param receipts how far each recipient has received it, for its sender; otherwise absent
     */
    record Receipt(@Nullable Boolean redelivered, @Nullable String receipts) {}

    static MessageOutput of(InboxMessage message, Instant now) {
        String age = Age.of(message.said().at(), now) + " ago";
        List<String> to = message.toRoom() ? null : message.to();
        return new MessageOutput(
                message.number(),
                Head.of(message.sender(), to, message.said(), age),
                message.said().text(),
                new Receipt(message.redelivered() ? true : null, null));
    }

    /** Returns a past message as the viewer sees it: with its receipts if the viewer said it. */
    static MessageOutput of(PastMessage message, String viewer) {
        String at = AnswerText.time(message.said().at());
        List<String> to = message.toRoom()
                ? null
                : message.receipts().stream().map(PastMessage.Receipt::persona).toList();
        return new MessageOutput(
                message.number(),
                Head.of(message.sender(), to, message.said(), at),
                message.said().text(),
                new Receipt(null, message.sender().name().equals(viewer) ? receipts(message) : null));
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
                .filter(each -> each.delivery() == step)
                .map(PastMessage.Receipt::persona)
                .collect(Collectors.joining(", "));
        return personas.isEmpty() ? "" : step.externalName() + ": " + personas;
    }

    String lines() {
        return "#" + number + " " + head.line()
                + (receipt.redelivered() == null ? "" : " (redelivered)")
                + (receipt.receipts() == null ? "" : " [" + receipt.receipts() + "]")
                + "\n" + AnswerText.indented(text);
    }
}
