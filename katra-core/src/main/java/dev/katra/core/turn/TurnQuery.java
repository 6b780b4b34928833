package dev.katra.core.turn;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes which past turns to look for.
 *
 * @param viewer finds its own turns and the team's; null is the owner of the home, who finds all
 * @param text a question or words
 * @param persona only turns of this persona's sessions
 * @param since the time before which they must not have begun
 * @param limit 1 to 100
 */
public record TurnQuery(
        @Nullable Actor viewer,
        String text,
        @Nullable String persona,
        @Nullable Instant since,
        int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 100;

    public TurnQuery {
        if (text.isBlank()) {
            throw Failure.invalid("there is nothing to look for").hint("give a question or a few words");
        }
        requireLimit(limit);
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to " + MAX_LIMIT)
                    .hint("give a number from 1 to " + MAX_LIMIT);
        }
    }
}
