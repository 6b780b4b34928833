package dev.katra.core.room;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a message that is to be sent.
 *
 * @param to names, ignoring case; empty for the room, or, in a reply, for those who had the message it answers
 * @param replyTo the number of the message that it answers
 */
public record NewMessage(
        List<String> to, String text, @Nullable Long replyTo) {

    public NewMessage {
        to = List.copyOf(to);
    }

    /** Returns the same message with another text. */
    NewMessage text(String other) {
        return new NewMessage(to, other, replyTo);
    }

    /** Creates a message to the room. */
    public static NewMessage toRoom(String text) {
        return new NewMessage(List.of(), text, null);
    }

    /** Creates a message to these personas only. */
    public static NewMessage to(List<String> names, String text) {
        return new NewMessage(names, text, null);
    }
}
