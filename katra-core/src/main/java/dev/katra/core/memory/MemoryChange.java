package dev.katra.core.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is different in the next revision of a memory; what is null stays. */
public record MemoryChange(
        @Nullable String content,
        @Nullable MemoryKind kind,
        @Nullable MemoryScope scope,
        @Nullable Integer importance,
        @Nullable List<String> tags) {

    public MemoryChange {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Another text, and nothing else. */
    public static MemoryChange content(String content) {
        return new MemoryChange(content, null, null, null, null);
    }

    /** The revision that this makes of a memory. */
    NewMemory of(Memory memory) {
        return new NewMemory(
                content == null ? memory.content() : content,
                kind == null ? memory.kind() : kind,
                scope == null ? memory.scope() : scope,
                importance == null ? memory.importance() : importance,
                tags == null ? Tags.of(memory.tags()) : tags);
    }
}
