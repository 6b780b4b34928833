package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTests {

    @Test
    void whatATerminalWouldActOnIsShown() {
        assertThat(VisibleText.of("a\rb\u001b[31mc\bd\u0007e\u007ff\u009b2Kg\u0085h\0"))
                .isEqualTo("a␍b␛[31mc␈d␇e␡f\\x9b2Kg\\x85h␀");
    }

    @ParameterizedTest
    @CsvSource({
        "202a, 202e", "2066, 2069", "200b, 200f", "061c, 061c", "2028, 2029", "2060, 2064", "feff, feff",
        "e0000, e007f", "00ad, 00ad", "180e, 180e", "fff9, fffb", "206a, 206f", "e0100, e01ef", "3164, 3164"
    })
    void whatHidesOrTurnsTextIsShown(String first, String last) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            String text = "rm " + Character.toString(c) + "x";
            assertThat(VisibleText.of(text))
                    .as("U+%04X", c)
                    .matches("rm \\\\(x[0-9a-f]{2}|u[0-9a-f]{4}|u\\{[0-9a-f]+})x")
                    .containsIgnoringCase(Integer.toHexString(c));
            assertThat(VisibleText.escapeJson(text)).as("U+%04X", c).matches("rm (\\\\u[0-9a-f]{4})+x");
        }
    }

    @Test
    void halfOfAPairIsShown() {
        assertThat(VisibleText.of("a\ud83db")).isEqualTo("a\\ud83db");
    }

    @Test
    void oneVariationIsWrittenAndNoMore() {
        assertThat(VisibleText.of("☃️️\ufe01")).isEqualTo("☃️\\ufe0f\\ufe01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ü ñ 李 ☃ 😀 👨‍👩‍👧 עברית\tx\n\\x9b",
                "❤️‍🔥 🏳️‍🌈 👩🏽‍💻 🇩🇪 1️⃣",
                "می‌خواهم क्‍ष ශ්‍රී",
                "\u0600١ 葛\udb40\udd00"
            })
    void textStaysAsItIs(String text) {
        assertThat(VisibleText.of(text)).isEqualTo(text);
    }

    @Test
    void theLineEndsOfWindowsAreEndsOfLines() {
        assertThat(VisibleText.of("one\r\ntwo")).isEqualTo("one\ntwo");
    }

    @Test
    void jsonMeansTheSameWhenEscaped() {
        assertThat(VisibleText.escapeJson("{\"a\":\"ü\u009b\u007f\u202e\udb40\udc41‍😀\"}"))
                .isEqualTo("{\"a\":\"ü\\u009b\\u007f\\u202e\\udb40\\udc41\\u200d😀\"}");
    }
}
