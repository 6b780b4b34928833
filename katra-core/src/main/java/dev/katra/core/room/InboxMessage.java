package dev.katra.core.room;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * Holds a message from an inbox. In JSON it is one object, without its parts.
 *
 * @param toRoom false if it went to named personas only
 * @param to their names; empty if it went to the room
 * @param redelivered true if it was offered before and not proved received
 */
public record InboxMessage(
        long number,
        @JsonUnwrapped Sender sender,
        boolean toRoom,
        List<String> to,
        @JsonUnwrapped Said said,
        boolean redelivered) {

    public InboxMessage {
        to = List.copyOf(to);
    }

    /** Returns the same message with the names of its addressees. */
    public InboxMessage addressed(List<String> names) {
        return new InboxMessage(number, sender, toRoom, names, said, redelivered);
    }

    /** Returns the same message, marked as redelivered or not. */
    public InboxMessage marked(boolean again) {
        return new InboxMessage(number, sender, toRoom, to, said, again);
    }
}
