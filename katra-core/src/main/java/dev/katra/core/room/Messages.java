package dev.katra.core.room;

import dev.katra.core.persona.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores messages. A method that changes something must be called inside a write, any other inside a read or a write.
 */
public interface Messages {

    /** Returns the message with this number. */
    Optional<Message> find(long number);

    /** Returns the number of the message that this tool call has sent. */
    Optional<Long> sentBy(long session, String callId);

    /** Returns old messages that went to somebody and that every addressee who is still here has received. */
    List<Long> received(Instant before, int limit);

    /**
     * Returns whether the message is old and went to somebody, and every addressee who is still here has received it.
     */
    boolean isReceived(long number, Instant before);

    /** Adds a message, and returns it with its number. */
    Message add(Actor actor, NewMessage said, @Nullable String callId, boolean toRoom, Instant at);

    /** Turns up to {@code most} answers to a message into plain messages, and returns how many. */
    int release(long number, int most);

    /** Deletes a message without answers and the rows that refer to it. */
    void delete(long number);
}
