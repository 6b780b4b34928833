package dev.katra.core.memory;

import java.util.List;

/**
 * A memory with all that it was and has become.
 *
 * @param number the one that was asked for
 * @param revisions oldest first; those that the viewer may not see and those that are forgotten are missing
 */
public record Revisions(long number, List<KnownMemory> revisions) {

    public Revisions {
        revisions = List.copyOf(revisions);
    }

    /** The one that was asked for. */
    public KnownMemory asked() {
        return revisions.stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow();
    }

    /** The one that holds. */
    public KnownMemory newest() {
        return revisions.get(revisions.size() - 1);
    }
}
