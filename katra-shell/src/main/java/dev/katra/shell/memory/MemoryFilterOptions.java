package dev.katra.shell.memory;

import dev.katra.core.failure.Failure;
import dev.katra.core.memory.MemoryFilter;
import dev.katra.core.memory.MemoryKind;
import dev.katra.core.memory.MemoryScope;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.ResultLimit;
import dev.katra.shell.console.SinceOption;
import dev.katra.shell.console.Takes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/**
 * The options of every command that looks for some of the memories only; null for those that are not given.
 *
 * @param author only memories of this persona
 * @param kind one of the words of {@link MemoryKind}
 * @param tags only memories with all of these tags
 * @param scope one of the words of {@link MemoryScope}
 */
record MemoryFilterOptions(
        ResultLimit limit,

        @Takes(Takes.ValueKind.PERSONA)
        @Option(longName = "author", description = "only memories of this persona")
        @Nullable
        String author,

        @Takes(Takes.ValueKind.MEMORY_KIND)
        @Option(longName = "kind", description = "only notes, facts or decisions")
        @Nullable
        String kind,

        @Takes(Takes.ValueKind.WORD) @Option(longName = "tag", description = "only with this tag; may be repeated")
        List<String> tags,

        SinceOption since,

        @Takes(Takes.ValueKind.MEMORY_SCOPE)
        @Option(longName = "scope", description = "only team or only private memories")
        @Nullable
        String scope) {

    /**
     * Returns the filter of these options.
     *
     * @param now the time from which an age counts back
     */
    MemoryFilter filter(Caller caller, Instant now) {
        return new MemoryFilter(
                author,
                kind == null ? null : kind(kind),
                tags,
                since.from(caller, now),
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
