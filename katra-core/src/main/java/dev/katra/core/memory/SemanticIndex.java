package dev.katra.core.memory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Finds memories by what they mean. Optional: with no such bean, or while it is not ready, recall goes by the words
 * alone. Its vectors are stored through {@link MemoryVectors}.
 */
public interface SemanticIndex {

    /** A memory and how near it is: the cosine of the angle between it and the text, 1 being the same. */
    record Near(long number, double cosine) {}

    /**
     * The nearest to the text among those that are allowed, nearest first; without those that are too far to have to do
     * with it. Empty if it cannot tell now (off, not loaded, still catching up).
     *
     * @param allowed is asked often and from this thread alone
     */
    Optional<List<Near>> nearest(String text, LongPredicate allowed, int most);

    /** These memories are gone, and their vectors with them. Called after the commit, and must be short. */
    void forgotten(Collection<Long> numbers);

    /** There are memories without a vector. Called after the commit, and must be short. */
    void written();
}
