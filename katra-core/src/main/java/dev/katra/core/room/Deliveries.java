package dev.katra.core.room;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Stores the deliveries of messages, one for each message and addressee. A method that changes something must be called
 * inside a write, any other inside a read or a write.
 */
public interface Deliveries {

    /** Puts a message into the inbox of every persona that is here, but for its sender. */
    void addressRoom(long messageId, long senderId);

    /** Puts a message into the inbox of this persona. */
    void address(long messageId, long personaId);

    /** Returns the names of those who have or had the message in their inbox, by id. */
    Map<Long, String> addressees(long messageId);

    /**
     * Returns the oldest messages that are not received, offered or not, up to {@code maxBytes} of text; the first may
     * be larger if {@code atLeastOne}.
     */
    List<InboxMessage> inbox(long personaId, int limit, int maxBytes, boolean atLeastOne);

    /** Returns messages that were given before, marked as redelivered where they were so then. */
    List<InboxMessage> givenBefore(long personaId, Map<Long, Boolean> redelivered);

    /**
     * Returns whether the persona has mail with a number above {@code after} that wakes it; mail to the room counts
     * only if {@code all}.
     */
    boolean hasWakingMail(long personaId, boolean all, long after);

    /** Returns the number of the oldest message that is not received; 0 if there is none. */
    long oldestUnreceived(long personaId);

    /** Returns the number of the newest message that is not received; 0 if there is none. */
    long newestUnreceived(long personaId);

    /**
     * Returns the numbers of the oldest messages that are not received: of those to the room if {@code toRoom}, else of
     * those to named personas.
     */
    List<Long> unreceived(long personaId, boolean toRoom, int limit);

    /** Returns the number of messages that the persona has not received. */
    int unread(long personaId);

    /** Returns the number of messages besides these that the persona has not received. */
    int unreadBesides(long personaId, Collection<Long> numbers);

    /** Returns the number of unread messages of each persona that has any, by persona id. */
    Map<Long, Integer> unread();

    /** Notes that these messages were given to the persona. */
    void markOffered(long personaId, Collection<Long> numbers, Instant at);

    /** Marks the offered messages up to this number as received, and returns how many they are. */
    int markReceivedUpTo(long personaId, long last, Instant at);

    /** Marks these messages as received, and returns how many of them were not received before. */
    int markReceived(long personaId, Collection<Long> numbers, Instant at);

    /** Takes these messages out of the persona's inbox, and returns how many they were. */
    int delete(long personaId, Collection<Long> numbers);
}
