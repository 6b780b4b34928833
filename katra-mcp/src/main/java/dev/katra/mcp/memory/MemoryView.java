package dev.katra.mcp.memory;

import dev.katra.core.memory.KnownMemory;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.Recalled;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.mcp.tool.Lines;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory on the wire. What goes without saying is absent.
 *
 * @param human true if its author is a person
 * @param at to the second, if the memory is shown whole
 * @param scope private, or absent
 * @param why what of the question it has
 * @param confirmed how often its author has said it again
 * @param content the whole, or the part around what was looked for
 * @param more how to get the whole, if this is a part
 */
record MemoryView(
        long number,
        String author,
        @Nullable Boolean human,
        String kind,
        String age,
        @Nullable String at,
        @Nullable String scope,
        @Nullable List<String> tags,
        @Nullable String why,
        @Nullable Long supersedes,
        @Nullable Long supersededBy,
        @Nullable Integer confirmed,
        String content,
        @Nullable String more) {

    /** Longer contents are cut in lists. */
    static final int LISTED_BYTES = 600;

    static MemoryView found(Recalled.Found found, Instant now) {
        return part(found.memory(), found.why(), now);
    }

    static MemoryView listed(KnownMemory memory, Instant now) {
        return part(memory, List.of(), now);
    }

    private static MemoryView part(KnownMemory memory, List<String> why, Instant now) {
        Excerpt excerpt = Excerpt.of(memory.content(), why, LISTED_BYTES);
        String more = excerpt.whole()
                ? null
                : excerpt.left() + " bytes left out; whole: katra_recall {\"query\":\"#" + memory.number() + "\"}";
        return of(memory, excerpt.text(), why, more, null, now);
    }

    static MemoryView whole(KnownMemory memory, Instant now) {
        return of(memory, memory.content(), List.of(), null, Lines.time(memory.at()), now);
    }

    private static MemoryView of(
            KnownMemory memory,
            String content,
            List<String> why,
            @Nullable String more,
            @Nullable String at,
            Instant now) {
        return new MemoryView(
                memory.number(),
                memory.author(),
                memory.human() ? true : null,
                memory.kind().word(),
                Age.of(memory.at(), now),
                at,
                memory.scope() == MemoryScope.PRIVATE ? memory.scope().word() : null,
                memory.tags().isEmpty() ? null : memory.tags(),
                why.isEmpty() ? null : String.join(", ", why),
                memory.supersedes(),
                memory.supersededBy(),
                memory.confirmations() == 0 ? null : memory.confirmations(),
                content,
                more);
    }

    /** The same as lines. */
    String lines() {
        return "#" + number + " " + kind + " by " + author + (human == null ? "" : " (a person)") + ", " + age + " ago"
                + (at == null ? "" : " (" + at + ")")
                + (scope == null ? "" : ", " + scope)
                + (tags == null ? "" : ", tags " + String.join(" ", tags))
                + (confirmed == null ? "" : ", confirmed " + confirmed + " times")
                + (supersedes == null ? "" : ", supersedes #" + supersedes)
                + (supersededBy == null ? "" : ", SUPERSEDED by #" + supersededBy)
                + (why == null ? "" : " [" + why + "]")
                + "\n" + Lines.indented(content)
                + (more == null ? "" : "\n  (" + more + ")");
    }
}
