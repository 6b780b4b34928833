package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProhibitionTests {

    /** A Wednesday. */
    private static final Instant SAID = Instant.parse("2026-11-25T10:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code freeze until friday | 2026-11-27",
                "no merges until wednesday | 2026-11-25",
                "do not deploy before monday | 2026-11-30",
                "freeze until december 5 | 2026-12-05",
                "freeze until 14 march | 2027-03-14",
                "bis 5. januar nicht deployen | 2027-01-05",
                "bis zum freitag nicht mergen | 2026-11-27",
                "frozen until 2026-12-24 | 2026-12-24",
                "freeze from 2026-12-20 to 2027-01-05 | 2027-01-05",
                "freeze until 2026-11-01 | 2026-11-01",
                "freeze today: no merges | 2026-11-25",
                "no releases this week, please don't | 2026-11-29",
                "decided on 2026-03-14: never push to main |",
                "never push to main |",
                "do not retry until it is fixed |",
                "never force-push to main: it broke the build today |",
                "do not use redis, as we have all agreed this week |",
                "do not talk to the vendor |"
            })
    void namesItsEnd(String text, @Nullable LocalDate last) {
        assertThat(Prohibition.lastDay(text, SAID, ZoneOffset.UTC).orElse(null)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DECISION | Code freeze until Friday | 2026-11-27 | true",
                "DECISION | Code freeze until Friday | 2026-11-28 | false",
                "FACT | Do not restart db1 | 2027-11-28 | true",
                "FACT | Don't touch the vendor folder | 2027-11-28 | true",
                "FACT | You must not rename the topic | 2027-11-28 | true",
                "DECISION | Never force-push | 2027-11-28 | true",
                "FACT | Auf Produktion nicht testen | 2027-11-28 | true",
                "FACT | Keine Releases bis 5. Januar | 2027-01-05 | true",
                "FACT | Keine Releases bis 5. Januar | 2027-01-06 | false",
                "FACT | Das Löschen der Logs ist verboten | 2027-11-28 | true",
                "NOTE | Never force-push | 2026-11-25 | false",
                "FACT | Staging runs on port 5544 | 2026-11-25 | false",
                "DECISION | We use the antifreeze library | 2026-11-25 | false"
            })
    void isInForceUntilItsEnd(MemoryKind kind, String text, LocalDate today, boolean inForce) {
        MemoryDetails memory = new MemoryDetails(
                1,
                "u",
                new MemoryAuthor("Ann", false),
                MemoryBody.note(text).kind(kind),
                MemoryOrigin.unknown(SAID),
                MemoryLineage.ALONE,
                MemoryConfirmations.NONE);
        assertThat(Prohibition.isInForce(memory, Instant.parse(today + "T12:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(inForce);
    }
}
