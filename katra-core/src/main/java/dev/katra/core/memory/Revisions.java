package dev.katra.core.memory;

import java.util.List;

/**
 * Holds a memory with its earlier and later revisions.
 *
 * @param number the number of the revision that was asked for
 * @param revisions oldest first; those that the viewer may not see and those that are forgotten are missing
 */
public record Revisions(long number, List<MemoryDetails> revisions) {

    public Revisions {
        revisions = List.copyOf(revisions);
    }

    /** Returns the revision that was asked for. */
    public MemoryDetails requested() {
        return revisions.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the newest revision, which is the valid one. */
    public MemoryDetails newest() {
        return revisions.get(revisions.size() - 1);
    }
}
