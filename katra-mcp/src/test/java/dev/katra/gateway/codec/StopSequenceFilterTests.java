package dev.katra.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.answer.AnswerEvent;
import dev.katra.gateway.answer.StopReason;
import dev.katra.gateway.answer.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopSequenceFilterTests {

    private static final TokenUsage USED = new TokenUsage(10, 0, 0, 5);
    private static final AnswerEvent END = new AnswerEvent.Finished(StopReason.END_TURN, USED);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<block>no</block> and more | `<block>no` | </block>",
                "a</b b</block>c | a</b b | </block>",
                "</severity></block> | `` | </severity>",
                "nothing of it </bloc | nothing of it </bloc | ",
                "aaab | a | aab"
            })
    void theTextEndsBeforeTheFirstOfThemHoweverItIsCut(String said, String text, @Nullable String stop) {
        for (int size = 1; size <= said.length(); size++) {
            var events = new ArrayList<AnswerEvent>();
            StopSequenceFilter stops =
                    StopSequenceFilter.within(List.of("</block>", "</severity>", "aab"), events::add);
            for (int at = 0; at < said.length(); at += size) {
                stops.accept(new AnswerEvent.TextDelta(said.substring(at, Math.min(said.length(), at + size))));
            }
            assertThat(stops.isMet()).isEqualTo(stop != null);
            stops.accept(END);
            assertThat(text(events)).as("pieces of %d", size).isEqualTo(text);
            assertThat(events.get(events.size() - 1))
                    .isEqualTo(stop == null ? END : new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, USED, stop));
        }
    }

    @Test
    void callsThatBeganBeforeAreCompleteAndNoneBeginsBehind() {
        var events = new ArrayList<AnswerEvent>();
        StopSequenceFilter stops = StopSequenceFilter.within(List.of("END"), events::add);
        AnswerEvent begun = new AnswerEvent.ToolStarted(0, "a", "Bash");
        AnswerEvent arguments = new AnswerEvent.ToolArguments(0, "{\"c\":\"END\"}");
        AnswerEvent ended = new AnswerEvent.ToolEnded(0);
        stops.accept(begun);
        stops.accept(new AnswerEvent.TextDelta("xENDy"));
        assertThat(stops.isMet()).isFalse();
        stops.accept(arguments);
        stops.accept(new AnswerEvent.ToolStarted(1, "b", "Read"));
        stops.accept(new AnswerEvent.ToolArguments(1, "{}"));
        stops.accept(ended);
        stops.accept(new AnswerEvent.ToolEnded(1));
        stops.accept(new AnswerEvent.ThinkingDelta("more"));
        stops.accept(END);
        assertThat(events)
                .containsExactly(
                        begun,
                        new AnswerEvent.TextDelta("x"),
                        arguments,
                        ended,
                        new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, USED, "END"));
    }

    @Test
    void thinkingMayHoldOne() {
        var events = new ArrayList<AnswerEvent>();
        StopSequenceFilter stops = StopSequenceFilter.within(List.of("END"), events::add);
        stops.accept(new AnswerEvent.ThinkingDelta("xENDy"));
        stops.accept(END);
        assertThat(events).containsExactly(new AnswerEvent.ThinkingDelta("xENDy"), END);
    }

    @Test
    void anAnswerThatIsWaitedForInVainEnds() {
        var events = new ArrayList<AnswerEvent>();
        StopSequenceFilter stops = StopSequenceFilter.within(List.of("END"), events::add);
        stops.settle();
        assertThat(events).isEmpty();
        stops.accept(new AnswerEvent.TextDelta("xEND"));
        stops.settle();
        stops.settle();
        stops.accept(END);
        assertThat(events)
                .containsExactly(
                        new AnswerEvent.TextDelta("x"),
                        new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, TokenUsage.NONE, "END"));
    }

    @Test
    void anEndpointThatNamesTheWordIsBelievedIfItIsOneOfThem() {
        assertThat(StopSequenceFilter.within(
                        List.of("END"), List.of(new AnswerEvent.Finished(StopReason.END_TURN, USED, "END"))))
                .containsExactly(new AnswerEvent.Finished(StopReason.STOP_SEQUENCE, USED, "END"));
        assertThat(StopSequenceFilter.within(
                        List.of("END"), List.of(new AnswerEvent.Finished(StopReason.END_TURN, USED, "eos"))))
                .containsExactly(END);
    }

    private static String text(List<AnswerEvent> events) {
        var text = new StringBuilder();
        events.forEach(event -> text.append(event instanceof AnswerEvent.TextDelta delta ? delta.text() : ""));
        return text.toString();
    }
}
