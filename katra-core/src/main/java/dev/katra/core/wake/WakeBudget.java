package dev.katra.core.wake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells how many turns a session has been given without a person.
 *
 * @param used the number of turns within the last hour
 * @param limit the largest number of turns within an hour
 * @param nextAt when the next may be given, if the budget is spent
 */
public record WakeBudget(int used, int limit, @Nullable Instant nextAt) {

    /** Returns whether no turn is left for now. */
    public boolean isSpent() {
        return used >= limit;
    }
}
