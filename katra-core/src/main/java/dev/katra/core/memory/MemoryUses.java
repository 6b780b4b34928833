package dev.katra.core.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how memories are used, and finds those that a person may look through. Must be called inside a read or a write, and
 * what notes something inside a write.
 */
public interface MemoryUses {

    /**
     * Holds how often a memory was found.
     *
     * @param found the number of days on which a session has found it
     * @param foundAt when that was the last time; null for never
     */
    record Use(int found, @Nullable Instant foundAt) {

        /** The use of a memory that no session has found. */
        public static final Use NONE = new Use(0, null);
    }

    /** Notes that a session has found the memory; does nothing if one has on the same day. */
    void noteFound(long number, Instant at);

    /** Notes that a person has said that the memory is right. */
    void noteReviewed(long number, Instant at);

    /** Returns since when it is counted what sessions find; empty if they have found nothing yet. */
    Optional<Instant> countedSince();

    /** Returns the use of those among these memories that have any. */
    Map<Long, Use> of(Collection<Long> numbers);

    /** Returns the oldest valid memories of the viewer's that nobody has said, found or reviewed since then. */
    List<Long> unusedSince(long viewer, Instant since, int most);

    /** Returns the oldest valid memories of the viewer's, said before then, that no session has found nor a person reviewed. */
    List<Long> neverFound(long viewer, Instant before, int most);

    /** Returns the oldest valid memories of the viewer's that another valid one contradicts. */
    List<Long> contradicted(long viewer, int most);

    /** Returns the newest valid memories of the viewer's with ids below {@code below}, but those reviewed since then. */
    List<Long> newest(long viewer, long below, Instant reviewedSince, int most);
}
