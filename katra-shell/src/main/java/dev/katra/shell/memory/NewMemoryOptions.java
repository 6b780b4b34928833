package dev.katra.shell.memory;

import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.NewMemory;
import dev.katra.shell.console.Takes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options that say what a new memory is besides its text.
 *
 * @param kind one of the words of {@link MemoryKind}
 * @param importance 1 to 5
 * @param hidden true if only its author finds it
 * @param contradicts the number of a memory of somebody else that it marks as wrong
 */
record NewMemoryOptions(
        @Takes(Takes.ValueKind.MEMORY_KIND)
        @Option(longName = "kind", defaultValue = "note", description = "note (default), fact or decision")
        String kind,

        @Takes(Takes.ValueKind.WORD) @Option(longName = "tag", description = "one word to find it by; may be repeated")
        List<String> tags,

        @Takes(Takes.ValueKind.IMPORTANCE)
        @Option(longName = "importance", defaultValue = "3", description = "1 (minor) to 5 (vital); default 3")
        Integer importance,

        @Option(longName = "private", description = "for its author only")
        boolean hidden,

        @Takes(Takes.ValueKind.MEMORY_NUMBER)
        @Option(longName = "contradicts", description = "a memory of somebody else that is wrong")
        @Nullable
        Long contradicts) {

    /** Returns the memory with this text. */
    NewMemory memory(String content) {
        return new NewMemory(MemoryBody.note(content)
                .kind(MemoryFilterOptions.kind(kind))
                .scope(hidden ? MemoryScope.PRIVATE : MemoryScope.TEAM)
                .importance(importance)
                .tags(tags));
    }
}
