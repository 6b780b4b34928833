package dev.katra.core.session;

import java.time.Instant;
import java.util.List;

/**
 * Stores the conversations that sessions were in before their current ones. A method that changes something must be called
 * inside a write, any other inside a read or a write.
 */
public interface PreviousConversations {

    /** Returns the earlier conversations of a session, the last left first. */
    List<String> of(long session);

    /** Notes that the session left this conversation, for the first time or again. */
    void add(long session, String conversation, Instant at);

    /** Removes a conversation, because the session is in it again. */
    void remove(long session, String conversation);
}
