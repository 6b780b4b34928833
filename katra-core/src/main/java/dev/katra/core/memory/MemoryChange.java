package dev.katra.core.memory;

import java.util.List;
import java.util.Objects;
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

    /** Returns the content and the tags that it sets, each of which may have a secret in it. */
    public List<String> texts() {
        List<String> tagged = tags == null ? List.of() : tags;
        return content == null
                ? tagged
                : Stream.concat(Stream.of(content), tagged.stream()).toList();
    }

    /** Returns whether it leaves everything as it is. */
    public boolean isEmpty() {
        return Stream.of(content, kind, scope, importance, tags).allMatch(Objects::isNull);
    }

    /** Returns the revision that this change makes of a memory. */
    public NewMemory of(MemoryBody body) {
        MemoryBody next = body;
        next = content == null ? next : next.content(content);
        next = kind == null ? next : next.kind(kind);
        next = scope == null ? next : next.scope(scope);
        next = importance == null ? next : next.importance(importance);
        next = tags == null ? next : next.tags(tags);
        return new NewMemory(next);
    }
}
