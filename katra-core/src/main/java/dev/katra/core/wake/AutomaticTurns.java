package dev.katra.core.wake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Stores the turns that Katra has started by itself. Unless it says otherwise, a method must be called inside a write. */
public interface AutomaticTurns {

    /**
     * Returns when the automatic turns of many sessions after this time were started, oldest first; a session without any
     * is left out. Must be called inside a read or a write.
     */
    Map<Long, List<Instant>> startedSince(Collection<Long> sessions, Instant since);

    /**
     * Returns when the automatic turns of a session after this time were started, oldest first. Must be called inside a
     * read or a write.
     */
    default List<Instant> startedSince(long session, Instant since) {
        return startedSince(List.of(session), since).getOrDefault(session, List.of());
    }

    /** Adds a turn of a session. */
    void add(long session, Instant at);

    /** Removes the turn of a session that was added last, and returns false if there is none. */
    boolean removeLatest(long session);

    /** Removes up to {@code most} turns of a session, and returns how many it removed. */
    int clear(long session, int most);
}
