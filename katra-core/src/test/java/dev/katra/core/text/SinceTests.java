package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.katra.core.failure.Failure;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTests {

    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-03-15T11:58:30Z",
        "90m, 2026-03-15T10:30:00Z",
        "2h, 2026-03-15T10:00:00Z",
        "7d, 2026-03-08T12:00:00Z",
        "1 W, 2026-03-08T12:00:00Z",
        "2026-03-14, 2026-03-13T23:00:00Z",
        "2026-03-14T09:30, 2026-03-14T08:30:00Z",
        "2026-03-14T09:30:00Z, 2026-03-14T09:30:00Z",
        "2026-03-14T09:30:00-05:00, 2026-03-14T14:30:00Z",
        "yesterday, 2026-03-13T23:00:00Z",
        "Last week, 2026-03-01T23:00:00Z",
        "letzte Woche, 2026-03-01T23:00:00Z",
        "monday, 2026-03-08T23:00:00Z"
    })
    void understandsAgesDatesAndWords(String text, Instant expected) {
        assertThat(Since.of(text, NOW, BERLIN)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "yesterday or so",
                "2026-02-31",
                "7",
                "d",
                "-7d",
                "2026-13-01",
                "2026-03-14T",
                "9999999d"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Since.of(text, NOW, BERLIN))
                .isInstanceOf(Failure.class)
                .hasMessage("\"" + text + "\" is not a time to begin at");
    }

    @Test
    void theLongestAgeIsATimeToo() {
        assertThat(Since.of("999999w", NOW, BERLIN)).isBefore(NOW);
    }
}
