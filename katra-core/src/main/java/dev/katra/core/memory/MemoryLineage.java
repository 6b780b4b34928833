package dev.katra.core.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names the revisions next to a memory by their numbers, and the memories that say otherwise.
 *
 * @param supersedes the revision before it
 * @param supersededBy the revision after it; null if the memory holds
 * @param contradictedBy memories that hold and whose authors have marked this one as wrong
 * @param contradicts memories that hold and that this one marks as wrong
 */
public record MemoryLineage(
        @Nullable Long supersedes,
        @Nullable Long supersededBy,
        List<Contradiction> contradictedBy,
        List<Contradiction> contradicts) {

    /** The lineage of a memory that stands alone. */
    public static final MemoryLineage ALONE = new MemoryLineage(null, null);

    public MemoryLineage {
        contradictedBy = List.copyOf(contradictedBy);
        contradicts = List.copyOf(contradicts);
    }

    /** Creates the lineage of a memory that contradicts none. */
    public MemoryLineage(@Nullable Long supersedes, @Nullable Long supersededBy) {
        this(supersedes, supersededBy, List.of(), List.of());
    }

    /** Returns the same lineage with other contradictions. */
    public MemoryLineage with(List<Contradiction> by, List<Contradiction> of) {
        return new MemoryLineage(supersedes, supersededBy, by, of);
    }

    /** Returns whether no memory has taken its place. */
    public boolean holds() {
        return supersededBy == null;
    }
}
