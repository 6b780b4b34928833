package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryChange;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.shell.console.Takes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options that say what changes of a memory besides its text; null for what stays.
 *
 * @param kind one of the words of {@link MemoryKind}
 * @param tags none if they stay
 * @param importance 1 to 5
 * @param scope one of the words of {@link MemoryScope}
 */
record MemoryChangeOptions(
        @Takes(Takes.ValueKind.MEMORY_KIND) @Option(longName = "kind", description = "note, fact or decision") @Nullable
        String kind,

        @Takes(Takes.ValueKind.WORD) @Option(longName = "tag", description = "in place of its tags; may be repeated")
        List<String> tags,

        @Takes(Takes.ValueKind.IMPORTANCE)
        @Option(longName = "importance", description = "1 (minor) to 5 (vital)")
        @Nullable
        Integer importance,

        @Takes(Takes.ValueKind.MEMORY_SCOPE) @Option(longName = "scope", description = "team or private") @Nullable
        String scope) {

    /** Returns the change to this text; null if the text stays. */
    MemoryChange change(@Nullable String content) {
        return new MemoryChange(
                content,
                kind == null ? null : MemoryFilterOptions.kind(kind),
                scope == null ? null : MemoryFilterOptions.scope(scope),
                importance,
                tags.isEmpty() ? null : tags);
    }
}
