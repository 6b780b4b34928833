package dev.katra.core.memory;

/**
 * Counts the memories of an import.
 *
 * @param added the number of memories that are new here
 * @param known the number of memories that were here already, forgotten ones included: these do not come back
 */
public record ImportCounts(int added, int known) {

    /** Returns the sums of these counts and the others. */
    public ImportCounts plus(ImportCounts other) {
        return new ImportCounts(added + other.added, known + other.known);
    }
}
