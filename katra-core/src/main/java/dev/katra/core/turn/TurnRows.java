package dev.katra.core.turn;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores turns. A method that changes something must be called inside a write, any other inside a read or a write.
 */
public interface TurnRows {

    /**
     * Holds what is stored of a turn.
     *
     * @param ended whether it has ended, and therefore is in the index
     */
    record TurnRow(long id, TurnBody body, boolean ended) {}

    /** Holds the size of a turn's texts, in bytes. */
    record TurnSize(long id, int bytes) {}

    /** Returns the turn of a persona with this key; one that was forgotten has an empty body. */
    Optional<TurnRow> find(long personaId, TurnKey key);

    /** Adds a turn, and returns its number. */
    long add(NewTurn turn);

    /**
     * Changes the texts of a turn.
     *
     * @param endedAt when it ended; null as long as it runs
     */
    void update(long id, TurnBody body, @Nullable Instant endedAt);

    /** Returns the turns of a session that run. */
    List<Long> running(long sessionId);

    /** Returns turns that run though their session has ended. */
    List<Long> abandoned(int most);

    /** Ends a turn that runs; returns false if it has ended already, or is gone. */
    boolean end(long id, Instant at);

    /**
     * Removes the texts of a turn, and the turn with them. As long as its session lives its key stays, with an empty body, so
     * that what is reported of it later does not bring it back; nothing but {@link #find} and {@link #isStored} knows it.
     */
    void forget(long id);

    /** Returns forgotten turns whose session has ended, so that no more is reported of them. */
    List<Long> forgotten(int most);

    /** Returns whether a turn is stored. */
    boolean isStored(long id);

    /** Deletes a turn. */
    void delete(long id);

    /** Returns the size of all texts together, in bytes. */
    long bytes();

    /** Returns the oldest turns, oldest first. */
    List<TurnSize> oldest(int most);

    /** Returns the oldest turns that began before this time, oldest first. */
    List<Long> before(Instant time, int most);

    /** Returns the numbers of those turns that a selection means, oldest first. */
    List<Long> numbers(TurnSelection selection);

    /** Returns the newest turns that a selection means, newest first. */
    List<PastTurn> newest(TurnSelection selection, int most);

    /** Returns those of these turns that the viewer may see. */
    List<PastTurn> findByNumbers(Collection<Long> numbers, @Nullable Long viewer);

    /** Returns the name of the persona in whose session a conversation was. */
    Optional<String> personaOf(String conversation);
}
