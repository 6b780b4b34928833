package dev.katra.core.memory;

import java.util.List;

/**
 * Holds the memories that a call of forget has removed.
 *
 * @param memories the memory and the revisions before it, as they were, oldest first; empty if it was forgotten already
 */
public record ForgetResult(long number, List<MemoryDetails> memories) {

    public ForgetResult {
        memories = List.copyOf(memories);
    }
}
