package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a memory as it leaves one store for another: with all that it is and was, without the numbers of this store.
 *
 * @param predecessors the memories that came before it
 * @param standing what has become of it
 */
public record ExportedMemory(
        String uid,
        MemoryAuthor author,
        NewMemory memory,
        MemoryOrigin origin,
        Predecessors predecessors,
        Standing standing,
        MemoryConfirmations confirmations) {

    /**
     * Names the memories that came before one.
     *
     * @param previous the uid of the memory that the same session wrote before it
     * @param supersedes the uid of the revision before it
     * @param contradicts the uids of those that it marks as wrong
     */
    public record Predecessors(
            @Nullable String previous, @Nullable String supersedes, List<String> contradicts) {

        public Predecessors {
            contradicts = List.copyOf(contradicts);
        }

        /** Names the predecessors of a memory that contradicts none. */
        public Predecessors(@Nullable String previous, @Nullable String supersedes) {
            this(previous, supersedes, List.of());
        }

        /** The predecessors of a memory that stands alone. */
        public static final Predecessors NONE = new Predecessors(null, null);
    }

    /**
     * Tells what has become of a memory. It says again what the memories that took its place or contradict it say of
     * themselves, because these may come before it.
     *
     * @param superseded whether another memory has taken its place
     * @param supersededBy the uid of the revision after it; null if it has none, or none that is left
     * @param contradictedBy the uids of those that mark it as wrong
     */
    public record Standing(boolean superseded, @Nullable String supersededBy, List<String> contradictedBy) {

        /** The standing of a memory that holds and that nobody contradicts. */
        public static final Standing HOLDS = new Standing(false, null, List.of());

        public Standing {
            contradictedBy = List.copyOf(contradictedBy);
        }
    }

    /** Creates a memory that stands alone and was said once, such as another program's. */
    public static ExportedMemory single(String uid, MemoryAuthor author, NewMemory memory, MemoryOrigin origin) {
        return new ExportedMemory(
                uid, author, memory, origin, Predecessors.NONE, Standing.HOLDS, MemoryConfirmations.NONE);
    }

    /** Creates a memory of unknown origin, such as another program's. */
    public static ExportedMemory ofUnknownOrigin(
            String uid, String author, boolean human, NewMemory memory, Instant at) {
        return single(uid, new MemoryAuthor(author, human), memory, MemoryOrigin.unknown(at));
    }

    /** Holds one page of an export, and the point after which the next one begins. */
    public record Page(List<ExportedMemory> records, long next) {

        public Page {
            records = List.copyOf(records);
        }

        /** Returns whether this page is empty, and so comes after the last memory. */
        public boolean last() {
            return records.isEmpty();
        }
    }
}
