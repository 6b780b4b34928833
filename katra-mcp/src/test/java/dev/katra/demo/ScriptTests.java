package dev.katra.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.demo.DemoConversation.Mail;
import dev.katra.demo.DemoConversation.Result;
import java.util.List;
import java.util.Optional;
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

        assertThat(script.next(after()))
                .extracting(Step::tool)
                .containsExactly("katra_hear", "katra_whoami", "katra_who_is_here");
        assertThat(script.next(after(hear(""), new Result("katra_whoami", "", false), hear(""))))
                .extracting(Step::tool)
                .containsExactly("katra_say");
        assertThat(script.next(after(hear(""), hear(""), hear(""), hear("")))).isEmpty();
    }

    @Test
    void aStepIsRepeatedUntilItsTextHasCome() {
        Script script = Script.of("until \"Sam\" hear 5\nsay done", JSON);

        assertThat(script.next(after(hear("nothing"), hear("still nothing"))))
                .extracting(Step::tool)
                .containsExactly("katra_hear");
        assertThat(script.next(after(hear("nothing"), hear("from Sam: hello"))))
                .extracting(Step::tool)
                .containsExactly("katra_say");
    }

    @Test
    void aStepIsLeftOutIfItsTextHasComeFromItsTool() {
        Script script = Script.of("until \"Sam\" hear 5\nuntil \"Charlie\" hear 5\nsay done", JSON);

        assertThat(script.next(after(hear("Sam and Charlie"))))
                .extracting(Step::tool)
                .containsExactly("katra_say");
        assertThat(script.next(after(hear("Sam and Charlie"), hear("said")))).isEmpty();
    }

    @Test
    void whatAnotherToolReturnsIsNotWhatAStepWaitsFor() {
        Script script = Script.of("recall Sam\nuntil \"Sam\" hear 5", JSON);

        assertThat(script.next(after(new Result("mcp__katra__katra_recall", "Sam knows", false))))
                .extracting(Step::tool)
                .containsExactly("katra_hear");
    }

    @Test
    void aStepIsLeftOutIfItsTextHasComeAsMail() {
        Script script = Script.of("until \"Sam\" hear 5\nuntil \"Charlie\" hear 5\nsay done", JSON);
        List<Mail> mail = List.of(new Mail("hello, this is Sam", 0));

        assertThat(script.next(conversation(mail)))
                .singleElement()
                .extracting(Step::until)
                .isEqualTo("Charlie");
        assertThat(script.next(conversation(mail, hear("this is Charlie"))))
                .extracting(Step::tool)
                .containsExactly("katra_say");
    }

    private static DemoConversation after(Result... results) {
        return conversation(List.of(), results);
    }

    private static DemoConversation conversation(List<Mail> mail, Result... results) {
        return new DemoConversation("", mail, List.of(results), 0, Optional.empty(), List.of());
    }

    private static Result hear(String text) {
        return new Result("mcp__katra__katra_hear", text, false);
    }
}
