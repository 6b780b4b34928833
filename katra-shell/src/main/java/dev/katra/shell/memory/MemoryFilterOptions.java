package dev.katra.shell.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.text.Since;
import dev.katra.shell.console.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the options of a command line by which memories are filtered. */
final class MemoryFilterOptions {

    private MemoryFilterOptions() {}

    static MemoryFilter of(
            Caller caller,
            Instant now,
            @Nullable String author,
            @Nullable String kind,
            List<String> tags,
            @Nullable String since,
            @Nullable String scope) {
        return new MemoryFilter(
                author,
                kind == null ? null : kind(kind),
                tags,
                since == null ? null : Since.of(since, now, caller.zone()),
                scope == null ? null : scope(scope));
    }

    static MemoryKind kind(String word) {
        for (MemoryKind kind : MemoryKind.values()) {
            if (kind.externalName().equals(word.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw Failure.invalid("\"" + word + "\" is not a kind of memory").hint("the kinds are note, fact and decision");
    }

    static MemoryScope scope(String word) {
        for (MemoryScope scope : MemoryScope.values()) {
            if (scope.externalName().equals(word.toLowerCase(Locale.ROOT))) {
                return scope;
            }
        }
        throw Failure.invalid("\"" + word + "\" is not a scope").hint("the scopes are team and private");
    }
}
