package dev.katra.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import dev.katra.core.text.Age;
import dev.katra.shell.testing.TestCaller;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small parts of what commands print and read. */
class OutputTests {

    @ParameterizedTest
    @CsvSource({
        "PT-5S,0s",
        "PT0S,0s",
        "PT0.999S,0s",
        "PT59S,59s",
        "PT60S,1m",
        "PT59M59S,59m",
        "PT1H,1h",
        "PT23H59M,23h",
        "PT24H,1d",
        "P400D,400d"
    })
    void anAgeHasOneUnit(Duration age, String text) {
        Instant then = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Age.of(then, then.plus(age))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "001", "010", "100", "111", "111:80", "010:200"})
    void aTerminalIsThreeDigits(String digits) {
        assertThat(Terminal.parse(digits).encoded()).isEqualTo(digits);
    }

    @Test
    void theDigitsAreInputOutputAndError() {
        assertThat(Terminal.parse("100")).isEqualTo(new Terminal(true, false, false, 0));
        assertThat(Terminal.parse("010")).isEqualTo(new Terminal(false, true, false, 0));
        assertThat(Terminal.parse("001:")).isEqualTo(new Terminal(false, false, true, 0));
        assertThat(Terminal.parse("011:80")).isEqualTo(new Terminal(false, true, true, 80));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1111", "abc", "11x", "11\n1", "111:x", "111:80\n", "111:1234567"})
    void anythingElseIsNoTerminal(String digits) {
        assertThat(Terminal.parse(digits)).isEqualTo(Terminal.NONE);
    }

    @Test
    void coloursNeedATerminalThatShowsThem() {
        assertThat(TestCaller.of().terminal().caller().usesColours()).isTrue();
        assertThat(TestCaller.of().terminal("101").caller().usesColours()).isFalse();
        assertThat(TestCaller.of().terminal().variable("NO_COLOR", "1").caller().usesColours())
                .isFalse();
        assertThat(TestCaller.of().terminal().variable("NO_COLOR", "").caller().usesColours())
                .isTrue();
        assertThat(TestCaller.of().terminal().variable("TERM", "dumb").caller().usesColours())
                .isFalse();
    }

    @Test
    void aTextIsItsWords() {
        assertThat(text("ignored", "two", "words")).isEqualTo("two words");
        assertThat(text("ignored", "a  b", "", "c ")).isEqualTo("a  b  c ");
        assertThat(text("ignored", "-", "x")).isEqualTo("- x");
    }

    @Test
    void withoutWordsATextIsTheInputLessItsLastLineEnd() {
        assertThat(text("one\ntwo\n")).isEqualTo("one\ntwo");
        assertThat(text("one\n\n")).isEqualTo("one\n");
        assertThat(text("  one", "-")).isEqualTo("  one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void aTextMustBeThere(String input) {
        assertThatThrownBy(() -> text(input)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(Failure.Code.INVALID);
            assertThat(failure.text()).isEqualTo("the note is missing");
        });
    }

    @Test
    void anInputThatCannotBeReadIsUnavailable() {
        TestCaller caller = TestCaller.of().input((Input) () -> {
            throw new IOException("broken");
        });
        assertThatThrownBy(() -> CommandText.of(caller.caller(), List.of(), "the note"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(Failure.Code.UNAVAILABLE));
    }

    @Test
    void jsonIsOneLineWithTimesInUtc() {
        assertThat(Json.of(Map.of("at", Instant.parse("2026-01-01T00:00:00Z"))))
                .isEqualTo("{\"at\":\"2026-01-01T00:00:00Z\"}");
        assertThat(Json.of(List.of("a\nb", "ü\"🦊"))).isEqualTo("[\"a\\nb\",\"ü\\\"🦊\"]");
    }

    private static String text(String input, String... words) {
        return CommandText.of(TestCaller.of().input(input).caller(), List.of(words), "the note");
    }
}
