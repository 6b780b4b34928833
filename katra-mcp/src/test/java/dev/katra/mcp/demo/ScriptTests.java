package dev.katra.mcp.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ScriptTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "katra_say {\"message\":\"hi\"} | katra_say | {\"message\":\"hi\"}",
                "  Bash {\"command\":\"env\"}   | Bash | {\"command\":\"env\"}",
                "mcp__katra__katra_hear {}     | mcp__katra__katra_hear | {}",
                "katra_hear                    | katra_hear | {}",
                "say hello, all                | katra_say | {\"message\":\"hello, all\"}",
                "Say to Sam, Charlie: hello    | katra_say | {\"to\":[\"Sam\",\"Charlie\"],\"message\":\"hello\"}",
                "hear                          | katra_hear | {}",
                "hear 30                       | katra_hear | {\"wait_seconds\":30}",
                "who is here?                  | katra_who_is_here | {}",
                "remember the sky is blue      | katra_remember | {\"content\":\"the sky is blue\"}",
                "recall sky                    | katra_recall | {\"query\":\"sky\"}"
            })
    void aLineIsAStep(String line, String tool, String input) {
        assertThat(Script.of(line, JSON).steps()).singleElement().satisfies(step -> {
            assertThat(step.tool()).isEqualTo(tool);
            assertThat(step.input().toString()).isEqualTo(input);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "Bash", "Bash {\"command\":", "Bash [1]", "please say hello", "say"})
    void otherLinesAreNone(String line) {
        assertThat(Script.of(line, JSON).steps()).isEmpty();
    }

    @Test
    void aTurnHoldsTheStepsThatRunTogether() {
        Script script = Script.of("katra_hear\n+ katra_whoami\nsome words\n+ katra_who_is_here {}\nsay done", JSON);

        assertThat(script.turn(results(0)))
                .extracting(Step::tool)
                .containsExactly("katra_hear", "katra_whoami", "katra_who_is_here");
        assertThat(script.turn(results(3))).extracting(Step::tool).containsExactly("katra_say");
        assertThat(script.turn(results(4))).isEmpty();
    }

    @Test
    void aStepIsRepeatedUntilItsResultHoldsTheText() {
        Script script = Script.of("until \"Sam\" hear 5\nsay done", JSON);

        assertThat(script.turn(List.of("nothing", "still nothing")))
                .extracting(Step::tool)
                .containsExactly("katra_hear");
        assertThat(script.turn(List.of("nothing", "from Sam: hello")))
                .extracting(Step::tool)
                .containsExactly("katra_say");
        assertThat(script.turn(results(20))).extracting(Step::tool).containsExactly("katra_say");
    }

    @Test
    void aStepIsLeftOutIfItsTextHasCome() {
        Script script = Script.of("until \"Sam\" hear 5\nuntil \"Charlie\" hear 5\nsay done", JSON);

        assertThat(script.turn(List.of("Sam and Charlie")))
                .extracting(Step::tool)
                .containsExactly("katra_say");
        assertThat(script.turn(List.of("Sam and Charlie", "said"))).isEmpty();
    }

    private static List<String> results(int count) {
        return Collections.nCopies(count, "a result");
    }
}
