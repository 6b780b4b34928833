package dev.katra.core.room;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message from an inbox.
 *
 * @param human true if a person said it
 * @param toRoom false if it went to named personas only
 * @param to their names; empty if it went to the room
 * @param replyTo the number of the message that it answers
 * @param redelivered true if it was offered before and not proved received
 */
public record InboxMessage(
        long number,
        String from,
        boolean human,
        boolean toRoom,
        List<String> to,
        @Nullable Long replyTo,
        String text,
        Instant at,
        boolean redelivered) {

    public InboxMessage {
        to = List.copyOf(to);
    }

    InboxMessage addressed(List<String> names) {
        return new InboxMessage(number, from, human, toRoom, names, replyTo, text, at, redelivered);
    }

    InboxMessage marked(boolean again) {
        return new InboxMessage(number, from, human, toRoom, to, replyTo, text, at, again);
    }
}
