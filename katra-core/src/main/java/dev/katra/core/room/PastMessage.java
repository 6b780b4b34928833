package dev.katra.core.room;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with who has it.
 *
 * @param replyTo the number of the message that it answers
 */
public record PastMessage(
        long number,
        String from,
        boolean human,
        boolean toRoom,
        @Nullable Long replyTo,
        String text,
        Instant at,
        List<Receipt> receipts) {

    public PastMessage {
        receipts = List.copyOf(receipts);
    }

    /** How far the message has come with one persona. */
    public record Receipt(String persona, Delivery delivery) {}

    /** The steps of a delivery. */
    public enum Delivery {
        /** In the inbox. */
        QUEUED,
        /** Handed to the client, not proved received. */
        OFFERED,
        /** Proved received. */
        RECEIVED
    }
}
