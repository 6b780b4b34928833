package dev.katra.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTests {

    @Test
    void anAnswerHoldsWhatFitsButAtLeastOne() {
        String half = "ä".repeat(12 * 1024);

        assertThat(AnswerText.fitting(List.of(half, half, half), text -> text)).hasSize(2);
        assertThat(AnswerText.fitting(List.of(half + half + half, half), text -> text))
                .hasSize(1);
        assertThat(AnswerText.fitting(List.<String>of(), text -> text)).isEmpty();
    }

    @Test
    void everyLineOfAQuoteIsIndented() {
        assertThat(AnswerText.indented("one\n\n#2 Sam: two")).isEqualTo("  one\n  \n  #2 Sam: two");
    }

    @Test
    void everyLineEndOfAQuoteIsKept() {
        assertThat(AnswerText.indented("one\r\n#2 Sam: two\r#3 Sam: three\n"))
                .isEqualTo("  one\r\n  #2 Sam: two\r  #3 Sam: three\n  ");
    }
}
