package dev.katra.core.memory;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Describes how the next revision of a memory differs from the present one; a part that is null does not change. */
public record MemoryChange(
        @Nullable String content,
        @Nullable MemoryKind kind,
        @Nullable MemoryScope scope,
        @Nullable Integer importance,
        @Nullable List<String> tags) {

    public MemoryChange {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /** Returns a change of the text, and of nothing else. */
    public static MemoryChange content(String content) {
        return new MemoryChange(content, null, null, null, null);
    }

    /** Returns whether it changes nothing. */
    public boolean isEmpty() {
        return content == null && kind == null && scope == null && importance == null && tags == null;
    }

    /** Returns the content and the tags that it sets, each of which may have a secret in it. */
    public List<String> texts() {
        List<String> tagged = tags == null ? List.of() : tags;
        return content == null
                ? tagged
                : Stream.concat(Stream.of(content), tagged.stream()).toList();
    }

    /** Returns the revision that this change makes of a memory. */
    NewMemory of(MemoryRow memory) {
        return new NewMemory(
                content == null ? memory.content() : content,
                kind == null ? memory.kind() : kind,
                scope == null ? memory.scope() : scope,
                importance == null ? memory.importance() : importance,
                tags == null ? Tags.of(memory.tags()) : tags);
    }
}
