package dev.katra.core.wake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many turns a session has been given without a person.
 *
 * @param used within the last hour
 * @param limit how many there may be
 * @param nextAt when the next may be given, if the budget is spent
 */
public record WakeBudget(int used, int limit, @Nullable Instant nextAt) {

    /** Whether no turn is left for now. */
    public boolean spent() {
        return used >= limit;
    }
}
