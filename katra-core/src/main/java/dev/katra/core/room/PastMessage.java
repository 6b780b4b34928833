package dev.katra.core.room;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.text.ExternallyNamed;
import java.util.List;

/**
 * Holds a message with its receipts. In JSON it is one object, without its parts.
 *
 * @param toRoom false if it went to named personas only
 */
public record PastMessage(
        long number,
        @JsonUnwrapped Sender sender,
        boolean toRoom,
        @JsonUnwrapped Said said,
        List<Receipt> receipts) {

    public PastMessage {
        receipts = List.copyOf(receipts);
    }

    /** Returns the same message with these receipts. */
    public PastMessage receipts(List<Receipt> found) {
        return new PastMessage(number, sender, toRoom, said, found);
    }

    /** Returns the same message with another text, such as a part of it. */
    public PastMessage text(String other) {
        return new PastMessage(number, sender, toRoom, said.text(other), receipts);
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
