package dev.katra.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CallArgumentsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | {}",
                "null | {}",
                "{\"a\":1} | {\"a\":1}",
                "{\"a\":[1,2,],} | {\"a\":[1,2]}",
                "{\"a\":\"x,}\",} | {\"a\":\"x,}\"}",
                "{\"a\":\"\\\"\",} | {\"a\":\"\\\"\"}"
            })
    void whatIsAlmostJsonIsRepaired(String text, String json) {
        assertThat(CallArguments.repaired(text).map(JsonNode::toString)).contains(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"rm -rf /tmp/",
                "{\"a\":[1",
                "{\"a\":1,",
                "not json",
                "[1]",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{a"
            })
    void whatMayMeanSomethingElseIsNot(String text) {
        assertThat(CallArguments.repaired(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"a", "{\"a\":tr", "{\"a\":-1.", "{\"a\":\"\\u12", "{\"a\":[{\"b\":1},", "{\"a\":{}}"})
    void theBeginningOfAnObjectIsKnown(String text) {
        assertThat(CallArguments.canBegin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{", "{\"a{\"a\":1", "[1", "{\"a\":1}}", "no"})
    void whatNoObjectBeginsWithIsKnown(String text) {
        assertThat(CallArguments.canBegin(text)).isFalse();
    }
}
