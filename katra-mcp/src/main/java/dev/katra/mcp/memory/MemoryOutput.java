package dev.katra.mcp.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.memory.MemoryBody;
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
 * Shows a memory in a tool's answer. Fields with their default value are absent, and its parts stand in the JSON as if
 * they were its own fields.
 *
 * @param content the whole content, or the part around the words of the question
 * @param more how to get the whole content, if this is a part
 */
record MemoryOutput(
        long number,
        @JsonUnwrapped Head head,
        @JsonUnwrapped Marks marks,
        @JsonUnwrapped Standing standing,
        String content,
        @Nullable String more) {

    /**
     * Shows who has written a memory and when.
     *
     * @param human true if its author is a person
     * @param at the time to the second, if the memory is shown whole; otherwise absent
     */
    record Head(
            String author,
            @Nullable Boolean human,
            String kind,
            String age,
            @Nullable String at) {}

    /**
     * Shows how a memory is filed, and why it was found.
     *
     * @param scope private, or absent
     * @param why what of the question it matches
     */
    record Marks(
            @Nullable String scope,
            @Nullable List<String> tags,
            @Nullable String why) {}

    /**
     * Shows whether a memory holds.
     *
     * @param confirmed how often its author has said it again
     */
    record Standing(
            @Nullable Long supersedes,
            @Nullable Long supersededBy,
            @Nullable Integer confirmed) {}

    /** The maximum size of a content in lists, in bytes; a longer one is cut. */
    static final int MAX_LISTED_BYTES = 600;

    static MemoryOutput found(RecallResult.RecalledMemory found, Instant now) {
        return part(found.memory(), found.why(), now);
    }

    static MemoryOutput listed(MemoryDetails memory, Instant now) {
        return part(memory, List.of(), now);
    }

    private static MemoryOutput part(MemoryDetails memory, List<String> why, Instant now) {
        Excerpt excerpt = Excerpt.of(memory.body().content(), why, MAX_LISTED_BYTES);
        String more = excerpt.isWhole()
                ? null
                : excerpt.omittedBytes() + " bytes left out; whole: katra_recall {\"query\":\"#" + memory.number()
                        + "\"}";
        return new MemoryOutput(
                memory.number(), head(memory, null, now), marks(memory, why), standing(memory), excerpt.text(), more);
    }

    static MemoryOutput whole(MemoryDetails memory, Instant now) {
        String at = AnswerText.time(memory.origin().at());
        return new MemoryOutput(
                memory.number(),
                head(memory, at, now),
                marks(memory, List.of()),
                standing(memory),
                memory.body().content(),
                null);
    }

    private static Head head(MemoryDetails memory, @Nullable String at, Instant now) {
        return new Head(
                memory.author().name(),
                memory.author().human() ? true : null,
                memory.body().kind().externalName(),
                Age.of(memory.origin().at(), now),
                at);
    }

    private static Marks marks(MemoryDetails memory, List<String> why) {
        MemoryBody body = memory.body();
        return new Marks(
                body.scope() == MemoryScope.PRIVATE ? body.scope().externalName() : null,
                body.tags().isEmpty() ? null : body.tags(),
                why.isEmpty() ? null : String.join(", ", why));
    }

    private static Standing standing(MemoryDetails memory) {
        int confirmed = memory.confirmations().count();
        return new Standing(
                memory.lineage().supersedes(), memory.lineage().supersededBy(), confirmed == 0 ? null : confirmed);
    }

    /** Returns the memory as lines of text. */
    String lines() {
        return "#" + number + " " + head.kind() + " by " + head.author() + (head.human() == null ? "" : " (a person)")
                + ", " + head.age() + " ago"
                + (head.at() == null ? "" : " (" + head.at() + ")")
                + (marks.scope() == null ? "" : ", " + marks.scope())
                + (marks.tags() == null ? "" : ", tags " + String.join(" ", marks.tags()))
                + (standing.confirmed() == null ? "" : ", confirmed " + standing.confirmed() + " times")
                + (standing.supersedes() == null ? "" : ", supersedes #" + standing.supersedes())
                + (standing.supersededBy() == null ? "" : ", SUPERSEDED by #" + standing.supersededBy())
                + (marks.why() == null ? "" : " [" + marks.why() + "]")
                + "\n" + AnswerText.indented(content)
                + (more == null ? "" : "\n  (" + more + ")");
    }
}
