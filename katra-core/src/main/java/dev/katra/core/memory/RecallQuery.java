package dev.katra.core.memory;

import dev.katra.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What to look for.
 *
 * @param text a question or words
 * @param author only memories of this persona
 * @param limit 1 to 100
 */
public record RecallQuery(
        String text, @Nullable String author, @Nullable MemoryKind kind, int limit) {

    /** How many are returned if nothing is said about it. */
    public static final int USUAL_LIMIT = 10;

    public RecallQuery {
        if (text.isBlank()) {
            throw Failure.invalid("there is nothing to look for").hint("give a question or a few words");
        }
        if (limit < 1 || limit > 100) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to 100");
        }
    }
}
