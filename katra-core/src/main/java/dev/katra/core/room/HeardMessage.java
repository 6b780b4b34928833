package dev.katra.core.room;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from somebody's inbox.
 *
 * @param human true if a person said it
 * @param toRoom false if it went to named personas only
 * @param to their names; empty if it went to the room
 * @param replyTo the number of the message that it answers
 * @param redelivered true if it was offered before and not proved received
 */
public record HeardMessage(
        long number,
        String from,
        boolean human,
        boolean toRoom,
        List<String> to,
        @Nullable Long replyTo,
        String text,
        Instant at,
        boolean redelivered) {

    public HeardMessage {
        to = List.copyOf(to);
    }

    HeardMessage addressed(List<String> names) {
        return new HeardMessage(number, from, human, toRoom, names, replyTo, text, at, redelivered);
    }

    HeardMessage marked(boolean again) {
        return new HeardMessage(number, from, human, toRoom, to, replyTo, text, at, again);
    }
}
