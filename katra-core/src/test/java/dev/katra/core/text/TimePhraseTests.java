package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.search.FilterTerms;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
        "what did we merge on nov 9, 2025-11-09, 2025-11-09",
        "9 Sep. 2025, 2025-09-09, 2025-09-09",
        "in dec, 2025-12-01, 2025-12-31",
        "the outage of 24.11., 2025-11-24, 2025-11-24",
        "am 3.10. beschlossen, 2026-10-03, 2026-10-03",
        "vom 03.10.2025, 2025-10-03, 2025-10-03",
        "2026/03/14, 2026-03-14, 2026-03-14",
        "3/14/2026, 2026-03-14, 2026-03-14",
        "14/3/2026, 2026-03-14, 2026-03-14",
        "logs of 2026-03, 2026-03-01, 2026-03-31",
        "the last three days, 2026-10-02, 2026-10-05",
        "in the past 2 weeks, 2026-09-21, 2026-10-05",
        "in den letzten zehn Tagen, 2026-09-25, 2026-10-05",
        "vor zwölf Tagen, 2026-09-23, 2026-09-23",
        "vor ein paar Tagen, 2026-09-29, 2026-10-03",
        "a few days ago, 2026-09-29, 2026-10-03",
        "a couple of weeks ago, 2026-09-07, 2026-10-05",
        "two hours ago, 2026-10-04, 2026-10-05",
        "what changed recently, 2026-09-21, 2026-10-05",
        "was ist neulich kaputt gegangen, 2026-09-21, 2026-10-05",
        "the build broke last night, 2026-10-04, 2026-10-05",
        "last year, 2025-01-01, 2025-12-31",
        "letztes Jahr, 2025-01-01, 2025-12-31",
        "on Tue, 2026-09-29, 2026-09-29",
        "qu'est-ce qui a cassé hier, 2026-10-04, 2026-10-04",
        "avant-hier, 2026-10-03, 2026-10-03",
        "la semaine dernière, 2026-09-28, 2026-10-04",
        "il y a trois jours, 2026-10-02, 2026-10-02",
        "il y a deux semaines, 2026-09-18, 2026-09-24",
        "ces trois derniers jours, 2026-10-02, 2026-10-05",
        "en février, 2026-02-01, 2026-02-28",
        "le 9 mars, 2026-03-09, 2026-03-09",
        "lundi dernier, 2026-09-28, 2026-09-28",
        "récemment, 2026-09-21, 2026-10-05",
        "qué falló ayer, 2026-10-04, 2026-10-04",
        "la semana pasada, 2026-09-28, 2026-10-04",
        "el mes pasado, 2026-09-01, 2026-09-30",
        "hace tres días, 2026-10-02, 2026-10-02",
        "hace dos semanas, 2026-09-18, 2026-09-24",
        "los últimos tres días, 2026-10-02, 2026-10-05",
        "el 9 de marzo, 2026-03-09, 2026-03-09",
        "el miércoles pasado, 2026-09-30, 2026-09-30",
        "昨天部署了什么, 2026-10-04, 2026-10-04",
        "前天, 2026-10-03, 2026-10-03",
        "上周, 2026-09-28, 2026-10-04",
        "上周三, 2026-09-30, 2026-09-30",
        "三天前, 2026-10-02, 2026-10-02",
        "最近三天, 2026-10-02, 2026-10-05",
        "上个月, 2026-09-01, 2026-09-30",
        "三月, 2026-03-01, 2026-03-31",
        "3月9日, 2026-03-09, 2026-03-09",
        "先週の障害, 2026-09-28, 2026-10-04",
        "昨日, 2026-10-04, 2026-10-04",
        "2週間前, 2026-09-18, 2026-09-24",
        "火曜日, 2026-09-29, 2026-09-29",
        "最近の変更, 2026-09-21, 2026-10-05",
    })
    void readsTheTimeThatAQuestionSpeaksOf(String question, String first, String last) {
        assertThat(TimePhrase.findIn(question, NOW, ZoneOffset.UTC)).hasValueSatisfying(time -> {
            assertThat(time.first()).hasToString(first);
            assertThat(time.last()).hasToString(last);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "may I ask",
                "the march of time",
                "2026-13-01",
                "sundayschool",
                "10 days",
                "last resort",
                "was ist hier kaputt",
                "we run 2.1. in production",
                "version 1.24.11.",
                "freeze until next Monday",
                "3/4/2026",
                "三个月",
                "the mon job sat idle",
                "was hast du hier geändert",
                "upgrade to 3.4.12",
                "from 10.11.12.13",
                "十五天前",
                "1234天前",
                "这个功能是几月上线的",
                "每周一部署",
                "下周三",
                "一周一次",
                "以前天气",
            })
    void readsNoneWhereNoneIsMeant(String question) {
        assertThat(TimePhrase.findIn(question, NOW, ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void readsNoneInALongTextWhichIsALogOrALetter() {
        assertThat(TimePhrase.findIn("yesterday " + "x".repeat(400), NOW, ZoneOffset.UTC))
                .isEmpty();
    }

    @Test
    void countsItsDaysUnlessTheyAreMany() {
        assertThat(FilterTerms.time(find("last week", ZoneOffset.UTC), ZoneOffset.UTC))
                .hasSize(7);
        assertThat(FilterTerms.time(find("in May", ZoneOffset.UTC), ZoneOffset.UTC))
                .hasSize(31);
        assertThat(FilterTerms.time(find("last year", ZoneOffset.UTC), ZoneOffset.UTC))
                .hasSize(12);
    }

    @Test
    void beginsADayAtMidnightOfTheZoneAndTakesBothDaysInUtc() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        Instant evening = Instant.parse("2026-10-05T16:00:00Z"); // the sixth in Tokyo
        TimePhrase yesterday = TimePhrase.findIn("yesterday", evening, tokyo).orElseThrow();
        assertThat(yesterday.first()).hasToString("2026-10-05");
        assertThat(yesterday.from(tokyo)).hasToString("2026-10-04T15:00:00Z");
        assertThat(yesterday.until(tokyo)).hasToString("2026-10-05T15:00:00Z");
        assertThat(FilterTerms.time(yesterday, tokyo)).hasSize(2);
    }

    @Test
    void isTakenOutOfTheTextUnlessItMayBeSomethingElse() {
        assertThat(find("What did Sam deploy last week?", ZoneOffset.UTC).without("What did Sam deploy last week?"))
                .isEqualTo("What did Sam deploy  ?");
        assertThat(find("昨天部署了什么", ZoneOffset.UTC).without("昨天部署了什么")).isEqualTo(" 部署了什么");
        assertThat(find("node 22.12. breaks", ZoneOffset.UTC).without("node 22.12. breaks"))
                .isEqualTo("node 22.12. breaks");
    }

    private static TimePhrase find(String text, ZoneId zone) {
        return TimePhrase.findIn(text, NOW, zone).orElseThrow();
    }
}
