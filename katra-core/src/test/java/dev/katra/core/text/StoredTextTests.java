package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.katra.core.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "ü€😀👨‍👩‍👧", "tab\tand\r\nline", "\u001b[31mred", "\u0001", "\ufeffx", "\uffff"})
    void takesAnyTextAsItIs(String text) {
        assertThat(StoredText.require("message", text, 100, "shorten it")).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "a\0b", "a\ud83d", "\ude00a"})
    void refusesWhatIsBlankOrWouldNotComeBack(String text) {
        assertThat(refused(text, 100).code()).isEqualTo(Failure.Code.INVALID);
    }

    @Test
    void limitsTheBytes() {
        assertThat(StoredText.require("message", "€€€", 9, "shorten it")).hasSize(3);
        Failure failure = refused("€€€x", 9);
        assertThat(failure).hasMessage("the message has 10 bytes, and the limit is 9");
        assertThat(failure.hint()).contains("shorten it");
    }

    private static Failure refused(String text, int limit) {
        return catchThrowableOfType(Failure.class, () -> StoredText.require("message", text, limit, "shorten it"));
    }
}
