package dev.katra.core.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** Describes a memory as it is shown, with the names that belong to it. In JSON it is one object, without its parts. */
public record MemoryDetails(
        long number,
        String uid,
        @JsonUnwrapped MemoryAuthor author,
        @JsonUnwrapped MemoryBody body,
        @JsonUnwrapped MemoryOrigin origin,
        @JsonUnwrapped MemoryLineage lineage,
        @JsonUnwrapped MemoryConfirmations confirmations) {

    /** Returns when it was said the last time: first, or again. */
    public Instant saidAt() {
        Instant again = confirmations.lastAt();
        return again == null ? origin.at() : again;
    }
}
