package dev.katra.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.upstream.Quirk;
import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkTagFilterTests {

    private static final AnswerEvent END = new AnswerEvent.Finished(StopReason.END_TURN, TokenUsage.NONE);

    /** What comes of this text, cut into pieces of one length: thinking in brackets, then text. */
    private static String read(boolean thinks, String text, int size, AnswerEvent... more) {
        var events = new ArrayList<AnswerEvent>();
        Consumer<AnswerEvent> tags = ThinkTagFilter.within(thinks, events::add);
        for (int at = 0; at < text.length(); at += size) {
            tags.accept(new AnswerEvent.TextDelta(text.substring(at, Math.min(text.length(), at + size))));
        }
        List.of(more).forEach(tags);
        return told(events);
    }

    private static String told(List<AnswerEvent> events) {
        var out = new StringBuilder();
        boolean open = false;
        for (AnswerEvent event : events) {
            if (event instanceof AnswerEvent.ThinkingDelta thought) {
                out.append(open ? "" : "[").append(thought.text());
                open = true;
            } else if (event instanceof AnswerEvent.ThinkingSigned) {
                out.append("]");
                open = false;
            } else if (event instanceof AnswerEvent.TextDelta text) {
                assertThat(open).isFalse();
                out.append(text.text());
            } else if (event instanceof AnswerEvent.ToolStarted call) {
                out.append("(").append(call.name()).append(")");
            } else if (event instanceof AnswerEvent.QuirkFound notice) {
                out.append("!").append(notice.quirk() == Quirk.UNOPENED_THINKING ? "" : "?");
            }
        }
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<think>\\nhm, a < b\\n</think>\\n\\nYes. | [\\nhm, a < b\\n]Yes.",
                "\\n <think>hm</think>Yes | [hm]Yes",
                "<thought>hm</thought>Yes | [hm]Yes",
                "<think></think>\\n\\nYes | Yes",
                "<think>a</think><think>b</think>Yes | [a][b]Yes",
                "<thinker>a</thinker> | <thinker>a</thinker>",
                "a <think>b</think> c | a <think>b</think> c",
                "write `</think>` there | write `</think>` there",
                "<thi | <thi",
                "Plain text </thin | Plain text </thin",
                "<think>only that | [only that]only that"
            })
    void whatStandsBetweenTheMarksIsThinkingHoweverItIsCut(String text, String told) {
        String said = text.replace("\\n", "\n");
        for (int size = 1; size <= said.length(); size++) {
            assertThat(read(false, said, size, END)).as("pieces of %d", size).isEqualTo(told.replace("\\n", "\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 100})
    void aMarkThatNothingOpenedEndsThinking(int size) {
        String text = "Let me see.\nSo it is.\n</think>\n\nYes </think> and no.";
        String told = read(false, text, size, END);
        if (size == 100) {
            assertThat(told).isEqualTo("[Let me see.\nSo it is.\n]!Yes </think> and no.");
        } else {
            assertThat(told).isEqualTo("Let me see.\nSo it is.\n!Yes </think> and no.");
        }
        assertThat(read(true, text, size, END)).isEqualTo("[Let me see.\nSo it is.\n]Yes </think> and no.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aModelThatUsuallyThinksMayAnswerAtOnce(int size) {
        assertThat(read(true, "Yes, it is.", size, END)).isEqualTo("[Yes, it is.]Yes, it is.");
        assertThat(read(true, "Yes, it", size, new AnswerEvent.Finished(StopReason.MAX_TOKENS, TokenUsage.NONE)))
                .isEqualTo("[Yes, it]");
    }

    @Test
    void aCallEndsThinkingThatHasNoEnd() {
        assertThat(read(false, "<think>I call", 4, new AnswerEvent.ToolStarted(0, "a", "Bash"), END))
                .isEqualTo("[I call](Bash)");
    }

    @Test
    void whoMarksThinkingOtherwiseHasNoTags() {
        var events = new ArrayList<AnswerEvent>();
        Consumer<AnswerEvent> tags = ThinkTagFilter.within(false, events::add);
        tags.accept(new AnswerEvent.ThinkingDelta("hm"));
        tags.accept(new AnswerEvent.ThinkingSigned("s"));
        tags.accept(new AnswerEvent.TextDelta("The tag is:\n</think>\n"));
        tags.accept(END);
        assertThat(told(events)).isEqualTo("[hm]The tag is:\n</think>\n");
    }
}
