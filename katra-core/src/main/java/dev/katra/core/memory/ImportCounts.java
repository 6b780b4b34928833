package dev.katra.core.memory;

/**
 * Counts the memories of an import.
 *
 * @param added the number of memories that are new here
 * @param known the number of memories that were here already, forgotten ones included: these do not come back
 * @param masked the number of both in which a secret was masked
 */
public record ImportCounts(int added, int known, int masked) {

    /** The counts of an import of nothing. */
    public static final ImportCounts NONE = new ImportCounts(0, 0);

    /** Creates the counts of memories without secrets. */
    public ImportCounts(int added, int known) {
        this(added, known, 0);
    }

    /** Returns the sums of these counts and the others. */
    public ImportCounts plus(ImportCounts other) {
        return new ImportCounts(added + other.added, known + other.known, masked + other.masked);
    }
}
