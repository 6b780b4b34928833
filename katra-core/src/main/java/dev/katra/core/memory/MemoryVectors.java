package dev.katra.core.memory;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Stores the embedding vectors of memories, and finds the memories that have none yet. Unless it says otherwise, a method
 * may be called outside a read or a write, and runs in one of its own.
 */
public interface MemoryVectors {

    /** Holds a memory that has no vector of an embedder. */
    record PendingMemory(long number, String author, String tags, String content) {

        /** Returns the text to embed: with author and tags before the content, because questions ask for those too. */
        public String textToEmbed() {
            return author + (tags.isBlank() ? "" : " " + tags.strip()) + ": " + content;
        }
    }

    /**
     * Returns the memories without a vector of this embedder whose numbers are higher than {@code after}, in their
     * order.
     */
    List<PendingMemory> pending(String embedder, long after, int most);

    /**
     * Returns the vectors of this embedder of memories whose numbers are higher than {@code after}, in their order: one
     * signed byte per dimension.
     */
    SortedMap<Long, byte[]> page(String embedder, long after, int most);

    /** Stores vectors, and replaces those of another embedder. A memory that was forgotten meanwhile gets none. */
    void store(String embedder, Map<Long, byte[]> vectors);

    /**
     * Returns the number of the last memory before the {@code newest} newest ones that are not forgotten; 0 if there
     * are no more than those.
     */
    long numberBeforeNewest(int newest);

    /** Returns the number of vectors of this embedder. */
    long countVectors(String embedder);

    /** Returns the number of memories that can have a vector, which are those that are not forgotten. */
    long countMemories();

    /**
     * Removes up to {@code most} vectors of other embedders, or of any if the name is empty, and returns how many it
     * removed.
     */
    int removeOthers(String embedder, int most);

    /** Removes the vector of a forgotten memory. Must be called inside a write. */
    void remove(long number);
}
