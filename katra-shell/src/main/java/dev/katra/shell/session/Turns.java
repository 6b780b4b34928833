package dev.katra.shell.session;

import dev.katra.core.wake.WakeBudget;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts the turns that a session began by being woken, for {@code --json}.
 *
 * @param used within the last hour
 * @param limit how many there may be without a person's prompt
 * @param next when the next may begin; null if one may begin now
 */
record Turns(int used, int limit, @Nullable Instant next) {

    static Turns of(WakeBudget budget) {
        return new Turns(budget.used(), budget.limit(), budget.nextAt());
    }

    boolean usedUp() {
        return next != null;
    }
}
