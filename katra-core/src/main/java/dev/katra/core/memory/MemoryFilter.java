package dev.katra.core.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which memories count; what is null does not matter.
 *
 * @param author the name of a persona
 * @param tags all of these
 * @param since not older
 */
public record MemoryFilter(
        @Nullable String author,
        @Nullable MemoryKind kind,
        List<String> tags,
        @Nullable Instant since,
        @Nullable MemoryScope scope) {

    /** All. */
    public static final MemoryFilter ALL = new MemoryFilter(null, null, List.of(), null, null);

    public MemoryFilter {
        tags = List.copyOf(tags);
    }

    /** Only those of this author. */
    public static MemoryFilter by(String author) {
        return new MemoryFilter(author, null, List.of(), null, null);
    }
}
