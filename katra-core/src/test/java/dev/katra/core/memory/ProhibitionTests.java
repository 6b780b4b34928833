package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.search.Terms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "do not talk to the vendor |",
                "ne pas déployer avant lundi | 2026-11-30",
                "gel du code jusqu'au 5 janvier | 2027-01-05",
                "no desplegar hasta el 5 de enero | 2027-01-05",
                "禁止发布到12月5日 | 2026-12-05",
                "12月5日までリリース禁止 | 2026-12-05"
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
        assertThat(Prohibition.isInForce(memory(kind, text), Instant.parse(today + "T12:00:00Z"), ZoneOffset.UTC))
                .isEqualTo(inForce);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Code freeze",
                "Feature freeze starts on Monday",
                "The release branch is frozen",
                "No merges until Friday",
                "Freeze: no deploys this week",
                "No changes to the schema before the audit",
                "Nobody may push to main",
                "You may not rename the topic orders",
                "Deploying on Fridays is not allowed",
                "The vendor folder is off limits",
                "The vault is Ann's: please don't touch it",
                "Pushing to main is forbidden",
                "Die Backups nicht löschen",
                "Bitte nicht auf main pushen",
                "Niemals direkt auf main pushen",
                "Auf Produktion darf niemand Migrationen starten, auch Ann darf das nicht",
                "Keine Deployments am Freitag",
                "Der Release-Zweig ist bis Freitag gesperrt",
                "Code-Freeze ab Montag",
                "Ne pas déployer avant lundi",
                "Ne jamais pousser sur main",
                "Il est interdit de redémarrer db1",
                "Gel du code jusqu'au 5 janvier",
                "No desplegar hasta el viernes",
                "Prohibido reiniciar db1",
                "Código congelado hasta el lunes",
                "禁止向 main 推送",
                "请勿重启数据库",
                "代码冻结到12月5日",
                "main へのプッシュ禁止",
                "本番でテストしないでください",
                "コードは金曜日まで凍結"
            })
    void knowsWhatForbidsAndIsFoundByItsTerms(String text) {
        assertThat(forbids(text)).isTrue();
        Terms cut = Terms.of(text, List.of(), List.of());
        Set<String> terms = new HashSet<>(cut.content());
        terms.addAll(cut.forms());
        terms.retainAll(ProhibitionWords.terms().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        assertThat(terms).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The cache is valid until midnight",
                "The port is not 5544",
                "The nightly job never finishes before six",
                "We do not use Redis, Postgres is enough",
                "Never seen this error on Linux",
                "Don't forget to restart the worker after a deploy",
                "pip freeze writes the requirements",
                "Install with --frozen-lockfile in CI",
                "The code freeze was lifted",
                "The endpoint returns 403 Forbidden without a token",
                "The id must not be null",
                "No errors since the migration",
                "No server answers on port 80",
                "No changes needed in the launcher",
                "Der Port ist nicht 5544",
                "Der Cache gilt bis Mitternacht",
                "Es gibt keinen Index auf dieser Tabelle",
                "Die Tests laufen nicht, weil die Daten fehlen",
                "Der Dienst startet nicht ohne Daten",
                "Das lässt sich nicht neu starten",
                "Wir können das lokal nicht testen",
                "Keine Fehler seit Montag",
                "Le port n'est pas 5544",
                "Le cache est valide jusqu'à minuit",
                "Il n'y a pas de tests pour ce module",
                "El puerto no es 5544",
                "La caché es válida hasta medianoche",
                "No hay pruebas para este módulo",
                "端口不是 5544",
                "缓存有效期到午夜",
                "我们不得不重启数据库",
                "ポートは5544ではない",
                "キャッシュは真夜中まで有効",
                "このモジュールにはテストがない"
            })
    void knowsThatANegationOrATermForbidsNothing(String text) {
        assertThat(forbids(text)).isFalse();
    }

    private static boolean forbids(String text) {
        return Prohibition.isInForce(memory(MemoryKind.FACT, text), SAID, ZoneOffset.UTC);
    }

    private static MemoryDetails memory(MemoryKind kind, String text) {
        return new MemoryDetails(
                1,
                "u",
                new MemoryAuthor("Ann", false),
                MemoryBody.note(text).kind(kind),
                MemoryOrigin.unknown(SAID),
                MemoryLineage.ALONE,
                MemoryConfirmations.NONE);
    }
}
