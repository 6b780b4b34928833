package dev.katra.core.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.text.VisibleText;
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

    /**
     * Returns in words from whom it comes: "a person", or the provider and the model of the session that wrote it; and
     * "imported" before that if it came in by an import. Empty if nothing is known.
     */
    public String source() {
        String provider = origin.provider();
        String model = origin.model();
        String writer = author.human()
                ? "a person"
                : provider == null ? "" : model == null ? provider : provider + " " + VisibleText.name(model);
        return !origin.imported() ? writer : writer.isEmpty() ? "imported" : "imported, " + writer;
    }

    /** Returns the same memory with another lineage. */
    public MemoryDetails with(MemoryLineage other) {
        return new MemoryDetails(number, uid, author, body, origin, other, confirmations);
    }

    /** Returns when it was said the last time: first, or again. */
    public Instant saidAt() {
        Instant again = confirmations.lastAt();
        return again == null ? origin.at() : again;
    }
}
