package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTests {

    @Test
    void whatATerminalWouldActOnIsShown() {
        assertThat(Visible.of("a\rb\u001b[31mc\bd\u0007e\u007ff\u009b2Kg\u0085h\0"))
                .isEqualTo("a␍b␛[31mc␈d␇e␡f\\x9b2Kg\\x85h␀");
    }

    @Test
    void textStaysAsItIs() {
        String text = "ü ñ 李 ☃ 😀 👨‍👩‍👧 עברית\tx\n\\x9b";
        assertThat(Visible.of(text)).isEqualTo(text);
        assertThat(Visible.of("one\r\ntwo")).as("the line ends of Windows").isEqualTo("one\ntwo");
    }
}
