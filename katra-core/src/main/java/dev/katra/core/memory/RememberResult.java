package dev.katra.core.memory;

/**
 * Holds the memory that a call has stored or confirmed.
 *
 * @param confirmed true if the author had said the same before: no second memory, the first counts one confirmation
 *     more
 */
public record RememberResult(MemoryDetails memory, boolean confirmed) {

    /** Returns the number that people and models see. */
    public long number() {
        return memory.number();
    }
}
