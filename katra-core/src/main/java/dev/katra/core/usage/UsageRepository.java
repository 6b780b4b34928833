package dev.katra.core.usage;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores the sums of what was counted, and reads them with what was reported. Unless it says otherwise, a method must be
 * called inside a read.
 */
public interface UsageRepository {

    /**
     * Adds a counted sum to the stored one, and returns false if the session does not exist, which drops it. Must be
     * called inside a write.
     */
    boolean add(UsageKey key, Usage usage);

    /** Returns the usage of each of these sessions by model, purpose and source. */
    Map<Long, List<ModelUsage>> of(Collection<Long> sessions);

    /** Returns the usage of the selected requests by what they have in common, in no particular order. */
    List<UsageGroup> grouped(UsageGrouping grouping, UsageSelection selection, ZoneId zone);

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
