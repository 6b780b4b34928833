package dev.katra.core.room;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stores the deliveries that are not confirmed: what sessions were given and have not yet proved to have received, by
 * message and delivery key, which is the id of a tool call or of a prompt. A method that changes something must be called
 * inside a write, any other inside a read or a write.
 */
public interface UnconfirmedDeliveries {

    /** Returns whether anything that was given under one of these keys is unconfirmed. */
    boolean open(long session, Collection<String> through);

    /**
     * Returns the numbers of the messages that were given under this delivery key, each with whether it was redelivered
     * then.
     */
    Map<Long, Boolean> givenUnder(long session, String through);

    /** Notes that these messages are given under this delivery key. */
    void add(long session, String through, List<InboxMessage> messages);

    /** Removes the deliveries under these keys. Messages that are not received are given again. */
    void withdraw(long session, Collection<String> through);

    /**
     * Removes up to {@code atOnce} deliveries of ended sessions, and returns how many; the messages stay in the inboxes.
     */
    int deleteOfEndedSessions(int atOnce);
}
