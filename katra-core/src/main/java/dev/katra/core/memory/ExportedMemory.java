package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a memory as it leaves one store for another: with all that it is and was, without the numbers of this store.
 *
 * @param human whether the author is a person
 * @param session the uid of the session that wrote it
 * @param previous the uid of the memory that the same session wrote before it
 * @param supersedes the uid of the revision before it
 */
public record ExportedMemory(
        String uid,
        String author,
        boolean human,
        NewMemory memory,
        Instant at,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String folder,
        @Nullable String session,
        @Nullable String previous,
        @Nullable String supersedes,
        int confirmations,
        @Nullable Instant confirmedAt) {

    /** The largest number of confirmations that a memory can have: more would say nothing more. */
    public static final int MAX_CONFIRMATIONS = 1_000_000;

    /** Returns a memory of unknown origin, such as another program's. */
    public static ExportedMemory ofUnknownOrigin(
            String uid, String author, boolean human, NewMemory memory, Instant at) {
        return new ExportedMemory(uid, author, human, memory, at, null, null, null, null, null, null, 0, null);
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
