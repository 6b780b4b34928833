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

/** Memories by what they mean, while it is switched on; off until then, and no embedder is loaded. */
@Component
public class MeaningIndex implements SemanticIndex, DisposableBean {

    /** How many memories it searches at most, the newest; 400 bytes of memory each. Older ones are found by words. */
    public static final int MOST = 100_000;

    /** Few enough that what is remembered meanwhile need not wait. */
    private static final int DELETED_AT_ONCE = 500;

    private final MemoryVectors stored;
    private final int most;
    private volatile @Nullable Building building;

    @Autowired
    MeaningIndex(MemoryVectors stored) {
        this(stored, MOST);
    }

    MeaningIndex(MemoryVectors stored, int most) {
        this.stored = stored;
        this.most = most;
    }

    /**
     * How far it is.
     *
     * @param embedder whose vectors they are; null if it is off
     * @param vectors how many memories have one
     * @param memories how many can have one
     * @param complete whether it takes part in recall
     * @param failure what keeps it from going on
     */
    public record State(
            @Nullable String embedder,
            long vectors,
            long memories,
            boolean complete,
            @Nullable String failure) {}

    /** Goes on with this embedder, which it closes when it is switched off. Returns at once. */
    public synchronized void switchOn(Embedder embedder) {
        switchOff();
        Building next = new Building(embedder, stored, most);
        building = next;
        next.start();
    }

    /** Closes the embedder and gives back the memory; what is stored stays. */
    public synchronized void switchOff() {
        Building last = building;
        building = null;
        if (last != null) {
            last.close();
        }
    }

    /** While it is off: removes every stored vector. */
    public synchronized void deleteStored() {
        int removed;
        do {
            removed = stored.removeOthers("", DELETED_AT_ONCE);
        } while (removed > 0);
    }

    /** How far it is. */
    public State state() {
        Building now = building;
        long memories = Math.min(stored.memories(), most);
        return now == null
                ? new State(null, 0, memories, false, null)
                : new State(now.embedder().id(), now.vectors(), memories, now.complete(), now.failure());
    }

    @Override
    public Optional<List<Near>> nearest(String text, LongPredicate allowed, int most) {
        Building now = building;
        return now == null ? Optional.empty() : now.nearest(text, allowed, most);
    }

    @Override
    public void forgotten(Collection<Long> numbers) {
        Building now = building;
        if (now != null) {
            now.forget(numbers);
        }
    }

    @Override
    public void written() {
        Building now = building;
        if (now != null) {
            now.changed();
        }
    }

    @Override
    public void destroy() {
        switchOff();
    }
}
