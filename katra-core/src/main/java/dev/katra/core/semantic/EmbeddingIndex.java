package dev.katra.core.semantic;

import dev.katra.core.memory.MemoryVectors;
import dev.katra.core.memory.SemanticIndex;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Finds memories by their meaning while it is switched on. It starts switched off, without an embedder. */
@Component
public class EmbeddingIndex implements SemanticIndex, DisposableBean {

    /**
     * The largest number of memories that it searches, the newest ones; each takes 400 bytes of memory. Older ones are
     * found by words.
     */
    public static final int MAX_MEMORIES = 100_000;

    /** The number of vectors that one write deletes, few enough that other writes need not wait. */
    private static final int DELETED_AT_ONCE = 500;

    private final MemoryVectors stored;
    private final int most;
    private volatile @Nullable VectorIndexer building;

    @Autowired
    EmbeddingIndex(MemoryVectors stored) {
        this(stored, MAX_MEMORIES);
    }

    EmbeddingIndex(MemoryVectors stored, int most) {
        this.stored = stored;
        this.most = most;
    }

    /**
     * Describes how far the index is.
     *
     * @param embedder the id of the embedder whose vectors they are; null if the index is off
     * @param vectors the number of memories that have a vector
     * @param memories the number of memories that can have one
     * @param complete true if the index takes part in recall
     * @param failure the error that keeps it from going on; null if there is none
     */
    public record State(
            @Nullable String embedder,
            long vectors,
            long memories,
            boolean complete,
            @Nullable String failure) {}

    /** Switches to this embedder, which is closed when the index is switched off. Returns at once. */
    public synchronized void switchOn(Embedder embedder) {
        switchOff();
        VectorIndexer next = new VectorIndexer(embedder, stored, most);
        building = next;
        next.start();
    }

    /** Closes the embedder and releases its memory; the stored vectors stay. */
    public synchronized void switchOff() {
        VectorIndexer last = building;
        building = null;
        if (last != null) {
            last.close();
        }
    }

    /** Removes every stored vector. The index must be switched off. */
    public synchronized void deleteStored() {
        int removed;
        do {
            removed = stored.removeOthers("", DELETED_AT_ONCE);
        } while (removed > 0);
    }

    /** Returns how far the index is. */
    public State state() {
        VectorIndexer now = building;
        long memories = Math.min(stored.countMemories(), most);
        return now == null
                ? new State(null, 0, memories, false, null)
                : new State(now.embedder().id(), now.vectors(), memories, now.complete(), now.failure());
    }

    @Override
    public Optional<List<Neighbour>> nearest(String text, LongPredicate allowed, int most) {
        VectorIndexer now = building;
        return now == null ? Optional.empty() : now.nearest(text, allowed, most);
    }

    @Override
    public void onForgotten(Collection<Long> numbers) {
        VectorIndexer now = building;
        if (now != null) {
            now.forget(numbers);
        }
    }

    @Override
    public void onWritten() {
        VectorIndexer now = building;
        if (now != null) {
            now.wake();
        }
    }

    @Override
    public void destroy() {
        switchOff();
    }
}
