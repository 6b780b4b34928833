package dev.katra.core.room;

import dev.katra.core.failure.Failure;
import dev.katra.core.persona.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Describes which past messages to look for.
 *
 * @param viewer finds the room's and its own mail; null is the owner of the home, who finds all
 * @param text a question or words
 * @param with only messages from or to this persona
 * @param since the time before which they must not have been sent
 * @param limit 1 to 100
 */
public record MessageQuery(
        @Nullable Actor viewer,
        String text,
        @Nullable String with,
        @Nullable Instant since,
        int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 100;

    /** Looks for messages of any time. */
    public static MessageQuery ofAnyTime(@Nullable Actor viewer, String text, @Nullable String with, int limit) {
        return new MessageQuery(viewer, text, with, null, limit);
    }

    public MessageQuery {
        if (text.isBlank()) {
            throw Failure.invalid("there is nothing to look for").hint("give a question or a few words");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to " + MAX_LIMIT)
                    .hint("give a number from 1 to " + MAX_LIMIT);
        }
    }
}
