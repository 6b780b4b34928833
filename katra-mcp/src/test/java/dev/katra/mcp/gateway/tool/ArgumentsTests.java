package dev.katra.mcp.gateway.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ArgumentsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | {}",
                "null | {}",
                "{\"a\":1} | {\"a\":1}",
                "{\"a\":[1,2,],} | {\"a\":[1,2]}",
                "{\"a\":{\"b\":1 | {\"a\":{\"b\":1}}",
                "{\"a\":\"x,}\" | {\"a\":\"x,}\"}",
                "{\"a\":\"\\\"\", | {\"a\":\"\\\"\"}"
            })
    void whatIsAlmostJsonIsRepaired(String text, String json) {
        assertThat(Arguments.repaired(text).map(JsonNode::toString)).contains(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"rm -rf /tmp/", "not json", "[1]", "{\"a\":1}}", "{\"a\":1} {\"b\":2}", "{a"})
    void whatMayMeanSomethingElseIsNot(String text) {
        assertThat(Arguments.repaired(text)).isEmpty();
    }
}
