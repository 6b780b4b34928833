package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects memories; a part that is null selects all.
 *
 * @param author the name of the persona who wrote it
 * @param tags the tags of which it must have all
 * @param since the time before which it must not have been written
 */
public record MemoryFilter(
        @Nullable String author,
        @Nullable MemoryKind kind,
        List<String> tags,
        @Nullable Instant since,
        @Nullable MemoryScope scope) {

    /** The filter that selects every memory. */
    public static final MemoryFilter ALL = new MemoryFilter(null, null, List.of(), null, null);

    public MemoryFilter {
        tags = List.copyOf(tags);
    }

    /** Returns a filter that selects the memories of this author only. */
    public static MemoryFilter by(String author) {
        return new MemoryFilter(author, null, List.of(), null, null);
    }
}
