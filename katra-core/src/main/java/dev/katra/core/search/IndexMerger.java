package dev.katra.core.search;

/** Keeps the indexes fast: what many small writes leave of an index is merged while nobody writes to it. */
public interface IndexMerger {

    /**
     * Merges each index that has not changed since the last call, if it is worth it; one that could not be merged is
     * tried again only after it has changed. Must not be called by several threads at once. Throws nothing.
     */
    void mergeIfIdle();
}
