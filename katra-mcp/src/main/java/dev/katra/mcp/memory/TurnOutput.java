package dev.katra.mcp.memory;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.katra.core.text.Age;
import dev.katra.core.text.Excerpt;
import dev.katra.core.turn.FoundTurn;
import dev.katra.core.turn.PastTurn;
import dev.katra.mcp.tool.AnswerText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a past turn in a tool's answer. Its parts stand in the JSON as if they were its own fields. */
record TurnOutput(
        long number,
        @JsonUnwrapped Head head,
        @JsonUnwrapped Texts texts) {

    /** The maximum sizes of what was asked and what was answered, in bytes; longer ones are cut. */
    private static final int MAX_ASKED_BYTES = 300;

    private static final int MAX_ANSWER_BYTES = 600;

    /**
     * Shows whose turn it was and when.
     *
     * @param at the date, if it was a day ago or more; otherwise absent
     * @param handover true for what a compaction left of the conversation; otherwise absent
     * @param why what of the question it matches
     */
    record Head(
            String persona,
            String age,
            @Nullable String at,
            @Nullable Boolean handover,
            @Nullable String why) {}

    /**
     * Shows what was said.
     *
     * @param asked what a person asked, or a part; absent if no person did
     * @param answered what the model said last, or a part; absent if that is not known
     * @param more how to get both whole, if these are parts
     */
    record Texts(
            @Nullable String asked,
            @Nullable String answered,
            @Nullable String more) {}

    static TurnOutput of(FoundTurn found, Instant now) {
        PastTurn turn = found.turn();
        return new TurnOutput(
                turn.number(),
                new Head(
                        turn.persona(),
                        Age.of(turn.origin().at(), now),
                        AnswerText.date(turn.origin().at(), now),
                        turn.marks().handover() ? true : null,
                        found.why().isEmpty() ? null : String.join(", ", found.why())),
                texts(turn, found.why()));
    }

    private static Texts texts(PastTurn turn, List<String> why) {
        Excerpt asked = excerpt(turn.body().prompt(), why, MAX_ASKED_BYTES);
        Excerpt answered = excerpt(turn.body().answer(), why, MAX_ANSWER_BYTES);
        int omitted = (asked == null ? 0 : asked.omittedBytes()) + (answered == null ? 0 : answered.omittedBytes());
        return new Texts(
                asked == null ? null : asked.text(),
                answered == null ? null : answered.text(),
                omitted == 0
                        ? null
                        : omitted + " bytes left out; whole, in a shell: katra turns show " + turn.number());
    }

    private static @Nullable Excerpt excerpt(@Nullable String text, List<String> why, int most) {
        return text == null ? null : Excerpt.of(text, why, most);
    }

    /** Returns the turn as lines of text. */
    String lines() {
        return "turn " + number + " of " + head.persona() + ", " + head.age() + " ago"
                + (head.at() == null ? "" : " (" + head.at() + ")")
                + (head.handover() == null ? "" : ", handed over by a compaction")
                + (head.why() == null ? "" : " [" + head.why() + "]")
                + (texts.asked() == null ? "" : "\n  asked:\n" + AnswerText.indented(texts.asked()))
                + (texts.answered() == null ? "" : "\n  answered:\n" + AnswerText.indented(texts.answered()))
                + (texts.more() == null ? "" : "\n  (" + texts.more() + ")");
    }
}
