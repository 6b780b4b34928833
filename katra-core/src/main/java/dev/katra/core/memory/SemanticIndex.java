package dev.katra.core.memory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Finds memories by their meaning. While it is not ready, or if there is no such bean, recall goes by the words alone.
 * Its vectors are stored through {@link MemoryVectors}.
 */
public interface SemanticIndex {

    /**
     * Names a memory near to a text.
     *
     * @param nearness how near it is: 0 if the two are unrelated; from 1 on it is likely to answer the text though they
     *     have no word in common
     */
    record Neighbour(long number, double nearness) {}

    /**
     * Returns the memories nearest to the text among those that are allowed, nearest first, without those that are too
     * far to be related. Empty if it cannot tell now (off, not loaded, still catching up).
     *
     * @param allowed tells by its number whether a memory may be found; it is asked often, and from the calling thread
     *     alone
     */
    Optional<List<Neighbour>> nearest(String text, LongPredicate allowed, int most);

    /** Removes the vectors of forgotten memories from the index. Called after the commit; must be short. */
    void onForgotten(Collection<Long> numbers);

    /** Tells the index that there are memories without a vector. Called after the commit; must be short. */
    void onWritten();
}
