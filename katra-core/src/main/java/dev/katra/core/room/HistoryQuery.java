package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Describes which past messages to show.
 *
 * @param viewer sees the room and its own mail; null is the owner of the home, who sees all
 * @param with only messages from or to this persona
 * @param thread only this message, what it answers, and all answers to any of these
 * @param before only messages with a smaller number
 * @param limit 1 to 1000
 */
public record HistoryQuery(
        @Nullable Actor viewer,
        @Nullable String with,
        @Nullable Long thread,
        @Nullable Long before,
        int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 1000;

    /** Asks for the newest messages. */
    public static HistoryQuery newest(@Nullable Actor viewer, int limit) {
        return new HistoryQuery(viewer, null, null, null, limit);
    }

    /** Asks for the message of this number; if the viewer cannot see it, the answer is the newest one before it. */
    public static HistoryQuery upTo(@Nullable Actor viewer, long number) {
        return new HistoryQuery(viewer, null, null, number + 1, 1);
    }

    public HistoryQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to " + MAX_LIMIT)
                    .hint("give a number from 1 to " + MAX_LIMIT);
        }
    }
}
