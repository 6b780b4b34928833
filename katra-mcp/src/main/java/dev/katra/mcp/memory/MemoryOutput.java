package dev.katra.mcp.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.memory.Contradiction;
import dev.katra.core.memory.MemoryBody;
import dev.katra.core.memory.MemoryDetails;
import dev.katra.core.memory.MemoryLineage;
import dev.katra.core.memory.MemoryScope;
import dev.katra.core.memory.RecallResult;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.text.VisibleText;
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
     * @param source the provider and model of the session that wrote it, and whether it was imported; absent if it is a
     *     person's that was written here
     * @param at the time to the second, if the memory is shown whole; otherwise the date, if it is a day old or more
     */
    record Head(
            String author,
            @Nullable Boolean human,
            @Nullable String source,
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
     * @param contradictedBy which memories say otherwise, whose they are and since when
     * @param contradicts which memories it says to be wrong, and whose they are
     */
    record Standing(
            @Nullable Long supersedes,
            @Nullable Long supersededBy,
            @Nullable Integer confirmed,
            @Nullable String contradictedBy,
            @Nullable String contradicts) {}

    /** The maximum size of a content in lists, in bytes; a longer one is cut. */
    static final int MAX_LISTED_BYTES = 600;

    /** The number of memories at the beginning of an answer of which so much is shown. */
    private static final int SHOWN_LARGE = 2;

    /** The maximum size of the contents behind these, in bytes. */
    static final int MAX_LATER_BYTES = 300;

    /**
     * Shows a memory that was found: of a long one that part that has most of the question, and less of it behind the first
     * ones, so that many are within what is read.
     *
     * @param place its place in the answer, 1 being the first
     */
    static MemoryOutput found(RecallResult.RecalledMemory found, int place, Instant now) {
        return part(found.memory(), found.why(), place <= SHOWN_LARGE ? MAX_LISTED_BYTES : MAX_LATER_BYTES, now);
    }

    static MemoryOutput listed(MemoryDetails memory, Instant now) {
        return part(memory, List.of(), MAX_LISTED_BYTES, now);
    }

    private static MemoryOutput part(MemoryDetails memory, List<String> why, int most, Instant now) {
        Excerpt excerpt = Excerpt.of(memory.body().content(), why, most);
        String more = excerpt.isWhole()
                ? null
                : excerpt.omittedBytes() + " bytes left out; whole: katra_recall {\"query\":\"#" + memory.number()
                        + "\"}";
        return new MemoryOutput(
                memory.number(),
                head(memory, AnswerText.date(memory.origin().at(), now), now),
                marks(memory, why),
                standing(memory, now),
                excerpt.text(),
                more);
    }

    static MemoryOutput whole(MemoryDetails memory, Instant now) {
        String at = AnswerText.time(memory.origin().at());
        return new MemoryOutput(
                memory.number(),
                head(memory, at, now),
                marks(memory, List.of()),
                standing(memory, now),
                memory.body().content(),
                null);
    }

    private static Head head(MemoryDetails memory, @Nullable String at, Instant now) {
        return new Head(
                memory.author().name(),
                memory.author().human() ? true : null,
                source(memory),
                memory.body().kind().externalName(),
                Age.of(memory.origin().at(), now),
                at);
    }

    private static @Nullable String source(MemoryDetails memory) {
        boolean byPersonHere = memory.author().human() && !memory.origin().imported();
        return byPersonHere || memory.source().isEmpty() ? null : VisibleText.of(memory.source());
    }

    private static Marks marks(MemoryDetails memory, List<String> why) {
        MemoryBody body = memory.body();
        return new Marks(
                body.scope() == MemoryScope.PRIVATE ? body.scope().externalName() : null,
                body.tags().isEmpty() ? null : body.tags(),
                why.isEmpty() ? null : String.join(", ", why));
    }

    private static Standing standing(MemoryDetails memory, Instant now) {
        int confirmed = memory.confirmations().count();
        MemoryLineage lineage = memory.lineage();
        return new Standing(
                lineage.supersedes(),
                lineage.supersededBy(),
                confirmed == 0 ? null : confirmed,
                lineage.contradictedBy().isEmpty() ? null : Contradiction.text(lineage.contradictedBy(), now),
                lineage.contradicts().isEmpty() ? null : Contradiction.names(lineage.contradicts()));
    }

    private String writer() {
        String source = head.source();
        return source != null ? " (" + source + ")" : head.human() == null ? "" : " (a person)";
    }

    /** Says which memory has taken the place of this one; none is named if none is left. */
    private String superseded() {
        Long successor = standing.supersededBy();
        return successor == null ? "" : ", SUPERSEDED" + (successor == number ? "" : " by #" + successor);
    }

    /** Returns the memory as lines of text. */
    String lines() {
        return "#" + number + " " + head.kind() + " by " + head.author() + writer()
                + ", " + head.age() + " ago"
                + (head.at() == null ? "" : " (" + head.at() + ")")
                + (marks.scope() == null ? "" : ", " + marks.scope())
                + (marks.tags() == null ? "" : ", tags " + String.join(" ", marks.tags()))
                + (standing.confirmed() == null ? "" : ", confirmed " + standing.confirmed() + " times")
                + (standing.supersedes() == null ? "" : ", supersedes #" + standing.supersedes())
                + superseded()
                + (standing.contradictedBy() == null ? "" : ", CONTRADICTED by " + standing.contradictedBy())
                + (standing.contradicts() == null ? "" : ", contradicts " + standing.contradicts())
                + (marks.why() == null ? "" : " [" + marks.why() + "]")
                + "\n" + AnswerText.indented(content)
                + (more == null ? "" : "\n  (" + more + ")");
    }
}
