package dev.katra.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.katra.core.persona.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecallTests extends WithMemory {

    @Test
    void findsWhatIsWrittenInAnotherWay() {
        Map<String, String> asked = Map.of(
                "max_retry_count", "maxRetryCount is 5",
                "where is HomeLock.java", "the lock is in katra-core/src/main/java/HomeLock.java",
                "main/java/HomeLock", "the lock is in katra-core/src/main/java/HomeLock.java",
                "SQLITE_BUSY (5) at 0x7f3a11", "[SQLITE_BUSY] at 0x99aa21 after 4711 ms",
                "发票怎么显示", "中文发票显示方框",
                "Schluessel fuer die Datenbank", "der Schlüssel der Datenbank",
                "Zahlungen", "der Zahlungsabgleich läuft nachts",
                "who knows about C++", "the parser is written in C++");
        asked.values().forEach(content -> remember(dario, content));
        IntStream.range(0, 30).forEach(n -> remember(dario, "another topic " + n));
        asked.forEach((question, content) ->
                assertThat(contents(recall(question))).as(question).first().isEqualTo(content));
        assertThat(contents(recall("MAXRETRYCOUNT"))).first().isEqualTo("maxRetryCount is 5");
    }

    @Test
    void prefersWhoTheQuestionNames() {
        remember(dario, "the cache should live in redis");
        remember(sam, "the cache should live in redis");
        RecallResult recalled = recall("what did Sam say about the cache");
        assertThat(recalled.found().get(0).memory().author().name()).isEqualTo("Sam");
        assertThat(recalled.found().get(0).why()).contains("cache", "author");
    }

    @Test
    void prefersWhenTheQuestionSpeaksOf() {
        remember(sam, "the deployment failed");
        clock.advance(Duration.ofDays(10));
        remember(sam, "the deployment failed once more");
        clock.advance(Duration.ofDays(1));
        assertThat(recall("why did the deployment fail yesterday").found().get(0))
                .satisfies(found -> {
                    assertThat(found.memory().body().content()).endsWith("more");
                    assertThat(found.why()).contains("date");
                });
        clock.advance(Duration.ofDays(20));
        assertThat(recall("what happened 31 days ago")
                        .found()
                        .get(0)
                        .memory()
                        .body()
                        .content())
                .isEqualTo("the deployment failed");
    }

    @Test
    void doesNotBuryAnExactOldMatchUnderWhatIsNewAndVital() {
        remember(sam, "the redis cache evicts by LRU");
        clock.advance(Duration.ofDays(400));
        for (int n = 0; n < 20; n++) {
            NewMemory vital = new NewMemory("cache rule " + n, MemoryKind.DECISION, MemoryScope.TEAM, 5, List.of());
            memory.remember(dario, vital, null);
            memory.remember(dario, vital, null);
        }
        assertThat(contents(recall("how does the redis cache evict")))
                .first()
                .isEqualTo("the redis cache evicts by LRU");
    }

    @Test
    void ordersEqualMatchesByImportanceAndAge() {
        remember(sam, "cache a");
        memory.remember(sam, new NewMemory("cache b", MemoryKind.NOTE, MemoryScope.TEAM, 5, List.of()), null);
        clock.advance(Duration.ofDays(365));
        remember(sam, "cache c");
        assertThat(contents(recall("cache"))).containsExactly("cache b", "cache c", "cache a");
    }

    @Test
    void findsARareAuthorsCommonWord() {
        IntStream.range(0, 400).forEach(n -> remember(dario, "the build number " + n + " broke in the build"));
        remember(sam, "a build of mine");
        assertThat(contents(recall("the build", by("Sam")))).containsExactly("a build of mine");
    }

    @Test
    void findsWhatIsOpenAmongMuchThatIsHidden() {
        remember(dario, "a cache of the build, among other things that it keeps");
        IntStream.range(0, 300)
                .mapToObj(n -> new NewMemory("cache " + n, MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()))
                .forEach(hidden -> memory.remember(sam, hidden, null));
        assertThat(contents(recall("cache"))).singleElement().asString().startsWith("a cache of the build");
    }

    @Test
    void filtersByTagAndTimeAndScope() {
        memory.remember(sam, new NewMemory("cache one", MemoryKind.NOTE, MemoryScope.TEAM, 3, List.of("Redis")), null);
        clock.advance(Duration.ofDays(100));
        memory.remember(sam, new NewMemory("cache two", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of("x")), null);
        Instant since = clock.instant().minus(Duration.ofDays(70));
        assertThat(mine(filter(List.of("redis"), null, null))).containsExactly("cache one");
        assertThat(mine(filter(List.of("redis", "x"), null, null))).isEmpty();
        assertThat(mine(filter(List.of(), since, null))).containsExactly("cache two");
        assertThat(mine(filter(List.of(), since.minus(Duration.ofDays(40)), null)))
                .hasSize(2);
        assertThat(mine(filter(List.of(), null, MemoryScope.PRIVATE))).containsExactly("cache two");
        assertThat(mine(filter(List.of(), null, MemoryScope.TEAM))).containsExactly("cache one");
        assertThat(memory.recent(sam, filter(List.of(), since, null), 5).memories())
                .extracting(each -> each.body().content())
                .containsExactly("cache two");
        assertThat(memory.recent(dario, MemoryFilter.by("sam"), 5).memories())
                .extracting(each -> each.body().content())
                .containsExactly("cache one");
        assertThat(memory.recent(sam, MemoryFilter.ALL, 1))
                .satisfies(recent -> assertThat(recent.more()).isTrue());
    }

    @Test
    void saysWhenNothingMatchesWell() {
        remember(sam, "the office has a coffee machine");
        IntStream.range(0, 10).forEach(n -> remember(dario, "another topic " + n));
        RecallResult recalled = recall("which kubernetes ingress controller machine annotations are allowed");
        assertThat(recalled.weak()).isTrue();
        assertThat(recalled.found()).hasSize(1);
        assertThat(recall("kubernetes ingress").found()).isEmpty();
        assertThat(recall("coffee machine").weak()).isFalse();
    }

    @Test
    void tellsThatThereMayBeMore() {
        IntStream.range(0, 300).forEach(n -> remember(sam, "cache " + n));
        assertThat(recall("cache").more()).isTrue();
        assertThat(recall("cache").total()).isGreaterThanOrEqualTo(100);
        assertThat(recall("cache 7").found().get(0).memory().body().content()).isEqualTo("cache 7");
    }

    /** No text breaks a statement: what is asked before and after is answered. */
    @Test
    void takesAnyText() {
        remember(sam, "needle C++ what's a-b col:val \"quotes\" 😀");
        Random random = new Random(5);
        List<String> signs = List.of(
                "C++",
                "what's",
                "a-b",
                "col:val",
                "\"",
                "'",
                "(",
                ")",
                "*",
                "^",
                "NEAR(",
                "AND",
                "OR",
                "NOT",
                "{x}:",
                "😀",
                "发票",
                "\n",
                "\t",
                "--",
                ";",
                "%",
                "_",
                "\\",
                "content:",
                "rank",
                "k_note",
                "a_1",
                "p_");
        for (int i = 0; i < 300; i++) {
            String text = IntStream.range(0, random.nextInt(1, 12))
                    .mapToObj(n -> signs.get(random.nextInt(signs.size())) + (random.nextBoolean() ? " " : ""))
                    .collect(Collectors.joining());
            if (!text.isBlank()) {
                remember(sam, text);
                assertThat(recall(text).complete()).as(text).isTrue();
            }
        }
        assertThat(contents(recall("needle"))).first().asString().startsWith("needle");
        String words = IntStream.range(0, 8_000).mapToObj(n -> "w" + n).collect(Collectors.joining(" "));
        remember(sam, words);
        remember(sam, "x".repeat(NewMemory.MAX_BYTES));
        assertThat(contents(recall("w7999"))).containsExactly(words);
        assertThat(recall("x".repeat(NewMemory.MAX_BYTES)).found()).hasSize(1);
        assertThat(recall(words).found()).isNotEmpty();
    }

    @Test
    void findsByAnEmojiAndByOneChineseCharacter() {
        remember(sam, "deploys are marked with 🚀 in the log");
        remember(sam, "小猫跑得很快");
        IntStream.range(0, 30).forEach(n -> remember(dario, "another topic " + n));
        assertThat(contents(recall("🚀"))).first().asString().contains("🚀");
        assertThat(contents(recall("猫"))).containsExactly("小猫跑得很快");
    }

    @Test
    void takesAParagraphAndAStackTraceForAQuestion() {
        remember(sam, "HikariPool timed out since the nightly export holds all ten connections");
        remember(sam, "Invoices go out on the first working day of a month");
        IntStream.range(0, 60).forEach(n -> remember(dario, "another topic " + n + " of the week"));
        String frames = IntStream.range(0, 60)
                .mapToObj(n -> "\tat com.example.shop.layer" + n + ".Service" + n + ".call" + n + "(Service" + n
                        + ".java:" + (n * 7 + 11) + ")")
                .collect(Collectors.joining("\n"));
        RecallResult trace =
                recall("java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available,"
                        + " request timed out after 30000ms.\n" + frames);
        assertThat(contents(trace)).first().asString().startsWith("HikariPool");
        String letter = IntStream.range(0, 40)
                .mapToObj(n -> "Sentence" + n + " tells yet something" + n + " altogether different" + n + ".")
                .collect(Collectors.joining(" "));
        assertThat(contents(recall(letter + " They asked on which working day of the month our invoices go out.")))
                .first()
                .asString()
                .startsWith("Invoices");
    }

    @Test
    void saysWhenWhatItFoundHasLittleOfTheQuestion() {
        remember(sam, "the payment worker retries three times");
        IntStream.range(0, 30).forEach(n -> remember(dario, "another topic " + n));
        RecallResult nearest =
                recall("which kubernetes ingress annotation does the payment controller need for websockets");
        assertThat(nearest.weak()).isTrue();
        assertThat(contents(nearest)).contains("the payment worker retries three times");
        assertThat(recall("how often does the payment worker retry").weak()).isFalse();
        assertThat(recall("retries of payments").weak()).isFalse();
    }

    @Test
    void takesADayForOneAboutItAtLessWeight() {
        remember(sam, "rolled the cache back");
        clock.advance(Duration.ofDays(1));
        remember(sam, "rolled the cache out");
        clock.advance(Duration.ofDays(3));
        assertThat(contents(recall("what about the cache 3 days ago"))).first().isEqualTo("rolled the cache out");
        assertThat(recall("what did we do 3 days ago").found())
                .extracting(found -> found.memory().body().content())
                .containsExactly("rolled the cache out", "rolled the cache back");
    }

    @Test
    void hasNothingOfAMarkThatIsAskedFor() {
        memory.remember(sam, new NewMemory("secret", MemoryKind.NOTE, MemoryScope.PRIVATE, 3, List.of()), null);
        remember(sam, "open");
        for (String mark : List.of("a_1", "k_note", "p_", "p_1", "k note")) {
            assertThat(recall(mark).found()).as(mark).isEmpty();
        }
    }

    private List<String> mine(MemoryFilter filter) {
        return contents(memory.recall(sam, new RecallQuery("cache", filter, 10)));
    }

    private static MemoryFilter filter(List<String> tags, @Nullable Instant since, @Nullable MemoryScope scope) {
        return new MemoryFilter(null, null, tags, since, scope);
    }

    private static MemoryFilter by(String author) {
        return MemoryFilter.by(author);
    }

    private void remember(Actor actor, String content) {
        memory.remember(actor, NewMemory.note(content), null);
    }

    private RecallResult recall(String question) {
        return recall(question, MemoryFilter.ALL);
    }

    private RecallResult recall(String question, MemoryFilter filter) {
        return memory.recall(dario, new RecallQuery(question, filter, 10));
    }

    private static List<String> contents(RecallResult recalled) {
        return recalled.found().stream()
                .map(found -> found.memory().body().content())
                .toList();
    }
}
