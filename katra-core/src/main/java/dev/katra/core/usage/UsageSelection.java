package dev.katra.core.usage;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects requests.
 *
 * @param personas the ids of the personas whose requests they are; null for all
 * @param since the time since which they began, which is rounded down to the quarter of an hour; null for all
 */
public record UsageSelection(
        @Nullable Collection<Long> personas, @Nullable Instant since) {

    /** Selects all requests. */
    public static final UsageSelection ALL = new UsageSelection(null, null);

    public UsageSelection {
        personas = personas == null ? null : List.copyOf(personas);
    }
}
