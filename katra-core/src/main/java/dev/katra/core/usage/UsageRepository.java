package dev.katra.core.usage;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores the sums of usage, and reads them with their sessions. Unless it says otherwise, a method must be called inside a read. */
public interface UsageRepository {

    /**
     * Adds a sum to the stored one, and returns false if the session does not exist, which drops it. Must be called inside
     * a write.
     */
    boolean add(UsageKey key, Usage usage);

    /** Returns the sums of these sessions, in a map of its own that may be changed. */
    Map<UsageKey, Usage> of(Collection<Long> sessions);

    /** Returns the live sessions by id, oldest first, without their sums. */
    Map<Long, SessionUsage> live();

    /**
     * Returns the newest sessions by id, newest first, without their sums: those of these personas, or if that is null,
     * those of all personas that have used something.
     */
    Map<Long, SessionUsage> newest(@Nullable Collection<Long> personas, int limit);

    /** Returns how many sessions {@link #newest} has to choose from. */
    long count(@Nullable Collection<Long> personas);
}
