package dev.katra.core.usage;

import java.time.Duration;
import java.time.Instant;

/**
 * Identifies the requests whose usage is summed up together: those of a session for one task that began in the same
 * quarter of an hour.
 *
 * @param quarter the beginning of the quarter of an hour, in UTC, with which a day begins in every time zone
 */
public record UsageKey(long sessionId, Instant quarter, ModelTask task) {

    /** The length of the time whose requests are summed up together. */
    static final Duration QUARTER = Duration.ofMinutes(15);

    /** Returns the key of a request at this time. */
    static UsageKey at(long sessionId, Instant time, ModelTask task) {
        return new UsageKey(sessionId, quarterOf(time), task);
    }

    /** Returns the beginning of the quarter of an hour in which this time lies. */
    public static Instant quarterOf(Instant time) {
        long millis = QUARTER.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }

    /** Returns the same key with the name of the model as it is stored. */
    UsageKey storable() {
        return new UsageKey(sessionId, quarter, task.storable());
    }
}
