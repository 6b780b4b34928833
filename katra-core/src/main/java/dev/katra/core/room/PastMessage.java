package dev.katra.core.room;

import java.time.Instant;
import java.util.List;

/** A message with who has it. */
public record PastMessage(
        long number, String from, boolean human, boolean toRoom, String text, Instant at, List<Receipt> receipts) {

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
