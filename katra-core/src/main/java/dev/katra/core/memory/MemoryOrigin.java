package dev.katra.core.memory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells when and where a memory was written.
 *
 * @param at when it was written
 * @param provider of the session that wrote it, as are model, folder and session; null for a person
 * @param model the model that was asked for; null for the provider's default
 * @param session the uid of that session
 * @param imported true if it came into this store by an import
 */
public record MemoryOrigin(
        Instant at,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String folder,
        @Nullable String session,
        boolean imported) {

    /** Creates the origin of a memory that was written here. */
    public MemoryOrigin(
            Instant at,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String folder,
            @Nullable String session) {
        this(at, provider, model, folder, session, false);
    }

    /** Creates the origin of a memory of which no more than its time is known. */
    public static MemoryOrigin unknown(Instant at) {
        return inFolder(at, null);
    }

    /** Creates the origin of a memory that belongs to a folder and that no known session wrote. */
    public static MemoryOrigin inFolder(Instant at, @Nullable String folder) {
        return new MemoryOrigin(at, null, null, folder, null);
    }
}
