package dev.katra.core.memory;

/**
 * What came of an import.
 *
 * @param added how many are new here
 * @param known how many were here already, forgotten ones included: these do not come back
 */
public record Imported(int added, int known) {

    /** Both together. */
    public Imported plus(Imported other) {
        return new Imported(added + other.added, known + other.known);
    }
}
