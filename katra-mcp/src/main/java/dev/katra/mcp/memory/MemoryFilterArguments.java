package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.text.Since;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds a memory filter from a tool's arguments. */
final class MemoryFilterArguments {

    private MemoryFilterArguments() {}

    static MemoryFilter of(
            @Nullable String author,
            @Nullable MemoryKind kind,
            @Nullable List<String> tags,
            @Nullable String since,
            @Nullable MemoryScope scope,
            Clock clock) {
        return new MemoryFilter(
                author,
                kind,
                Objects.requireNonNullElse(tags, List.of()),
                since == null ? null : Since.of(since, clock.instant(), ZoneId.systemDefault()),
                scope);
    }
}
