package dev.katra.core.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells how often the author of a memory has said the same again.
 *
 * @param count 0 for once only
 * @param lastAt when that was the last time; null for never
 */
public record MemoryConfirmations(
        @JsonProperty("confirmations") int count,
        @JsonProperty("confirmedAt") @Nullable Instant lastAt) {

    /** The confirmations of a memory that was said once only. */
    public static final MemoryConfirmations NONE = new MemoryConfirmations(0, null);

    /** The largest number of confirmations that a memory can have: more would say nothing more. */
    public static final int MAX = 1_000_000;
}
