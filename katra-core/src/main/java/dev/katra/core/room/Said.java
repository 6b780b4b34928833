package dev.katra.core.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was said in a message, and when.
 *
 * @param replyTo the number of the message that it answers
 */
public record Said(@Nullable Long replyTo, String text, Instant at) {

    /** Returns the same with another text, such as a part of it. */
    public Said text(String other) {
        return new Said(replyTo, other, at);
    }
}
