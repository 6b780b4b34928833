package dev.katra.core.room;

import java.time.Instant;
import java.util.List;

/**
 * A message that is stored.
 *
 * @param recipients whose inbox it is in
 */
public record Said(long number, Instant at, boolean toRoom, List<String> recipients) {

    public Said {
        recipients = List.copyOf(recipients);
    }
}
