package dev.katra.core.room;

import dev.katra.core.text.ExternallyNamed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message with its receipts.
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

    /** Tells how far the message has come with one persona. */
    public record Receipt(String persona, Delivery delivery) {}

    /** The steps of a delivery. */
    public enum Delivery implements ExternallyNamed {
        /** The message is in the inbox. */
        QUEUED,
        /** The message was handed to the client, which has not proved to have received it. */
        OFFERED,
        /** The message is proved received. */
        RECEIVED
    }
}
