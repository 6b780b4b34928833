package dev.katra.core.memory;

import dev.katra.core.failure.Failure;

/**
 * Describes what to recall.
 *
 * @param text a question or words
 * @param limit 1 to 100
 */
public record RecallQuery(String text, MemoryFilter filter, int limit) {

    /** The number of memories to return if none is given. */
    public static final int DEFAULT_LIMIT = 10;

    /** The largest limit. */
    public static final int MAX_LIMIT = 100;

    public RecallQuery {
        if (text.isBlank()) {
            throw Failure.invalid("there is nothing to look for").hint("give a question or a few words");
        }
        requireLimit(limit);
    }

    /** Returns a query of all memories with the default limit. */
    public static RecallQuery of(String text) {
        return new RecallQuery(text, MemoryFilter.ALL, DEFAULT_LIMIT);
    }

    static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Failure.invalid("limit is " + limit + ", and must be 1 to " + MAX_LIMIT)
                    .hint("give a number from 1 to " + MAX_LIMIT);
        }
    }
}
