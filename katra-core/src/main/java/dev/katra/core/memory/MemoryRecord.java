package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory as it leaves one store for another: what it is and was, without the numbers of this store.
 *
 * @param human whether the author is a person
 * @param session the uid of the session that wrote it
 * @param previous the uid of the memory that the same session wrote before it
 * @param supersedes the uid of the revision before it
 */
public record MemoryRecord(
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

    /** A memory of unknown origin, such as another program's. */
    public static MemoryRecord foreign(String uid, String author, boolean human, NewMemory memory, Instant at) {
        return new MemoryRecord(uid, author, human, memory, at, null, null, null, null, null, null, 0, null);
    }

    /** One page of an export. */
    public record Page(List<MemoryRecord> records, long next) {

        public Page {
            records = List.copyOf(records);
        }

        /** Whether this was the last one. */
        public boolean last() {
            return records.isEmpty();
        }
    }
}
