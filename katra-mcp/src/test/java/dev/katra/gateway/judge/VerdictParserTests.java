package dev.katra.gateway.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.gateway.permission.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictParserTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allow",
                "Allow.",
                " \n**allow**\n",
                "\"allow\"",
                "<think>block? no</think>\nallow",
                "ALLOW: fine"
            })
    void allows(String answer) {
        assertThat(VerdictParser.read(answer)).contains(Verdict.MAY_RUN);
    }

    @ParameterizedTest
    @CsvSource({
        "'block: deletes what it did not make', deletes what it did not make",
        "'Block - sends keys away.', sends keys away.",
        "'**block**: \"no\"', no",
        "'<think>allow</think>block: x', x",
    })
    void blocks(String answer, String reason) {
        assertThat(VerdictParser.read(answer)).contains(Verdict.flagged(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I think one may allow this",
                "allowed",
                "yes",
                "{\"verdict\":\"allow\"}",
                "<think>allow",
                "allow only if the person confirms",
                "Allow would be wrong",
                "allow, once it is asked for"
            })
    void isNotUsableOtherwise(String answer) {
        assertThat(VerdictParser.read(answer)).isEmpty();
    }
}
