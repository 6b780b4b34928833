package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyserTests {

    @ParameterizedTest
    @CsvSource({
        "Running builds, run build",
        "Résumé, resum",
        "what's, what s",
        "JDK 17, jdk 17",
        "Straße, strass",
        "ışık IŞIK, isik isik",
        "IO, io",
    })
    void cutsTextIntoStemmedWords(String text, String words) {
        assertThat(terms(text).content()).containsExactly(words.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxRetryCount",
                "MaxRetryCount",
                "max_retry_count",
                "MAX_RETRY_COUNT",
                "max-retry-count",
                "max.retry.count",
                "config.maxRetryCount"
            })
    void writesAnIdentifierTheSameWayInAnyCase(String identifier) {
        Terms terms = terms("set " + identifier + " to 3");
        String joined = identifier.startsWith("config") ? "configmaxretrycount" : "maxretrycount";
        assertThat(all(terms)).contains(joined, "max", "retri", "count");
    }

    @Test
    void findsAPathByItsLastNames() {
        assertThat(terms("see katra-core/src/main/java/HomeLock.java").forms())
                .contains("homelock", "homelockjava", "javahomelockjava", "katracore", "home", "lock");
        assertThat(terms("in com.example.HomeLock:42").forms()).contains("comexamplehomelock42");
    }

    @Test
    void knowsBothSpellingsOfAnUmlaut() {
        assertThat(all(terms("Rücklastschrift"))).contains("rucklastschrift", "ruecklastschrift");
        assertThat(terms("Schlüssel").forms()).contains("schlu_");
        assertThat(terms("Schluessel").content()).containsExactly("schluessel");
    }

    @Test
    void pairsTheCharactersOfScriptsWithoutBlanks() {
        assertThat(terms("发票显示 ok").forms()).containsExactly("发票", "票显", "显示", "发", "票", "显", "示");
        assertThat(terms("猫").forms()).containsExactly("猫");
        assertThat(terms("口座振替").forms()).containsExactly("口座", "座振", "振替", "口", "座", "振", "替");
        assertThat(terms("こねこ").forms()).containsExactly("こね", "ねこ");
    }

    @Test
    void knowsAnEmoji() {
        assertThat(terms("done ✅ and 🚀").forms()).contains("emoji2705", "emoji1f680");
        assertThat(terms("├── a → b").forms()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"customer, customs", "university, universe", "organization, organ", "policy, police", "paste, past"})
    void keepsWordsApartThatOnlyBeginAlike(String one, String other) {
        assertThat(terms(one).content())
                .doesNotContainAnyElementsOf(terms(other).content());
    }

    @Test
    void keepsTheSignsThatMakeAName() {
        assertThat(terms("C++ and C#").forms()).contains("cplusplus", "csharp");
    }

    @Test
    void hasNoTermOfSigns() {
        assertThat(all(terms("?! \" * - \u0301 __ // :: -> === \uFFFD"))).isEmpty();
    }

    @Test
    void cutsLongWordsAndTakesManyWords() {
        assertThat(terms("x".repeat(64 * 1024)).content()).containsExactly("x".repeat(64));
        String many = IntStream.range(0, 10_000).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
        assertThat(terms(many).content()).hasSize(10_000).doesNotHaveDuplicates();
    }

    /** Whatever it is given, it writes what an index can hold: letters, digits and its own mark. */
    @Test
    void writesNothingThatTheIndexWouldCut() {
        Random random = new Random(1);
        for (int i = 0; i < 3_000; i++) {
            String text = random.ints(random.nextInt(1, 40), 1, 0x3000)
                    .map(point -> random.nextInt(3) == 0 ? "aZ9_-./:ä \"".charAt(random.nextInt(11)) : point)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(all(terms(text)))
                    .as(text)
                    .allMatch(term -> !term.isEmpty()
                            && term.chars()
                                    .allMatch(c ->
                                            c >= 128 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'));
        }
    }

    private static Terms terms(String text) {
        return Terms.of(text, List.of(), List.of());
    }

    private static List<String> all(Terms terms) {
        List<String> all = new ArrayList<>(terms.content());
        all.addAll(terms.meta());
        all.addAll(terms.forms());
        return all;
    }
}
