package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePhraseTests {

    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-10-05T09:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "what broke yesterday?, 2026-10-04, 2026-10-04",
        "was war gestern, 2026-10-04, 2026-10-04",
        "the day before yesterday, 2026-10-03, 2026-10-03",
        "was lief vorgestern schief, 2026-10-03, 2026-10-03",
        "what did we do today, 2026-10-05, 2026-10-05",
        "was ist heute neu, 2026-10-05, 2026-10-05",
        "this week, 2026-10-05, 2026-10-11",
        "in dieser Woche, 2026-10-05, 2026-10-11",
        "this month, 2026-10-01, 2026-10-31",
        "letzten Monat, 2026-09-01, 2026-09-30",
        "diesen Monat, 2026-10-01, 2026-10-31",
        "3 months ago, 2026-06-20, 2026-07-20",
        "vor einem Monat, 2026-08-21, 2026-09-20",
        "vor 2 Wochen, 2026-09-18, 2026-09-24",
        "9 March, 2026-03-09, 2026-03-09",
        "the release of march 2024, 2024-03-01, 2024-03-31",
        "am Dienstag, 2026-09-29, 2026-09-29",
        "last week we decided, 2026-09-28, 2026-10-04",
        "letzte Woche, 2026-09-28, 2026-10-04",
        "the outage last month, 2026-09-01, 2026-09-30",
        "two weeks ago, 2026-09-18, 2026-09-24",
        "vor drei Tagen, 2026-10-02, 2026-10-02",
        "on Tuesday, 2026-09-29, 2026-09-29",
        "monday, 2026-09-28, 2026-09-28",
        "in March, 2026-03-01, 2026-03-31",
        "im Dezember, 2025-12-01, 2025-12-31",
        "in March 2024, 2024-03-01, 2024-03-31",
        "on March 9, 2026-03-09, 2026-03-09",
        "am 9. März, 2026-03-09, 2026-03-09",
        "since 2026-02-31 it fails, 2026-02-28, 2026-02-28",
    })
    void readsTheTimeThatAQuestionSpeaksOf(String question, String first, String last) {
        assertThat(TimePhrase.findIn(question, NOW)).hasValueSatisfying(time -> {
            assertThat(time.first()).hasToString(first);
            assertThat(time.last()).hasToString(last);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"may I ask", "the march of time", "2026-13-01", "sundayschool", "10 days", "last resort"})
    void readsNoneWhereNoneIsMeant(String question) {
        assertThat(TimePhrase.findIn(question, NOW)).isEmpty();
    }

    @Test
    void countsItsDaysUnlessTheyAreMany() {
        assertThat(TimePhrase.findIn("last week", NOW).orElseThrow().days()).hasSize(7);
        assertThat(FilterTerms.time(TimePhrase.findIn("in May", NOW).orElseThrow()))
                .hasSize(31);
    }
}
