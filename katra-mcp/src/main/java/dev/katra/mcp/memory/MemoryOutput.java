package dev.katra.mcp.memory;

import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.mcp.tool.AnswerText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a memory in a tool's answer. Fields with their default value are absent.
 *
 * @param human true if its author is a person
 * @param at the time to the second, if the memory is shown whole; otherwise absent
 * @param scope private, or absent
 * @param why what of the question it matches
 * @param confirmed how often its author has said it again
 * @param content the whole content, or the part around the words of the question
 * @param more how to get the whole content, if this is a part
 */
record MemoryOutput(
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

    /** The maximum size of a content in lists, in bytes; a longer one is cut. */
    static final int MAX_LISTED_BYTES = 600;

    static MemoryOutput found(RecallResult.RecalledMemory found, Instant now) {
        return part(found.memory(), found.why(), now);
    }

    static MemoryOutput listed(MemoryDetails memory, Instant now) {
        return part(memory, List.of(), now);
    }

    private static MemoryOutput part(MemoryDetails memory, List<String> why, Instant now) {
        Excerpt excerpt = Excerpt.of(memory.content(), why, MAX_LISTED_BYTES);
        String more = excerpt.isWhole()
                ? null
                : excerpt.omittedBytes() + " bytes left out; whole: katra_recall {\"query\":\"#" + memory.number()
                        + "\"}";
        return of(memory, excerpt.text(), why, more, null, now);
    }

    static MemoryOutput whole(MemoryDetails memory, Instant now) {
        return of(memory, memory.content(), List.of(), null, AnswerText.time(memory.at()), now);
    }

    private static MemoryOutput of(
            MemoryDetails memory,
            String content,
            List<String> why,
            @Nullable String more,
            @Nullable String at,
            Instant now) {
        return new MemoryOutput(
                memory.number(),
                memory.author(),
                memory.human() ? true : null,
                memory.kind().externalName(),
                Age.of(memory.at(), now),
                at,
                memory.scope() == MemoryScope.PRIVATE ? memory.scope().externalName() : null,
                memory.tags().isEmpty() ? null : memory.tags(),
                why.isEmpty() ? null : String.join(", ", why),
                memory.supersedes(),
                memory.supersededBy(),
                memory.confirmations() == 0 ? null : memory.confirmations(),
                content,
                more);
    }

    /** Returns the memory as lines of text. */
    String lines() {
        return "#" + number + " " + kind + " by " + author + (human == null ? "" : " (a person)") + ", " + age + " ago"
                + (at == null ? "" : " (" + at + ")")
                + (scope == null ? "" : ", " + scope)
                + (tags == null ? "" : ", tags " + String.join(" ", tags))
                + (confirmed == null ? "" : ", confirmed " + confirmed + " times")
                + (supersedes == null ? "" : ", supersedes #" + supersedes)
                + (supersededBy == null ? "" : ", SUPERSEDED by #" + supersededBy)
                + (why == null ? "" : " [" + why + "]")
                + "\n" + AnswerText.indented(content)
                + (more == null ? "" : "\n  (" + more + ")");
    }
}
