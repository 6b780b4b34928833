package dev.katra.core.memory;

/**
 * What came of remembering.
 *
 * @param confirmed true if the author had said the same before: no second memory, the first counts one confirmation more
 */
public record Remembered(KnownMemory memory, boolean confirmed) {

    /** The number that people and models see. */
    public long number() {
        return memory.number();
    }
}
