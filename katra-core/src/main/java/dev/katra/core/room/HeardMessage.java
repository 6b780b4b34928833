package dev.katra.core.room;

import java.time.Instant;

/**
 * A message from somebody's inbox.
 *
 * @param human true if a person said it
 * @param toRoom false if it went to named personas only
 * @param redelivered true if it was offered before and not proved received
 */
public record HeardMessage(
        long number, String from, boolean human, boolean toRoom, String text, Instant at, boolean redelivered) {}
