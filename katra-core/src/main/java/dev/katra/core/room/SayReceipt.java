package dev.katra.core.room;

import java.time.Instant;
import java.util.List;

/**
 * Confirms that a message is stored.
 *
 * @param recipients the names of those in whose inbox it is
 */
public record SayReceipt(long number, Instant at, boolean toRoom, List<String> recipients) {

    public SayReceipt {
        recipients = List.copyOf(recipients);
    }
}
