package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextScorerTests {

    private static final List<String> ASKED = List.of("staging", "port", "database");
    private static final String ANSWER = "staging database port";
    private static final double AVERAGE = 300;

    @Test
    void aLongTextIsWorthItsBestPassage() {
        double first = score(ANSWER + filler(3_000));

        assertThat(score(filler(1_500) + ANSWER + filler(1_500))).isEqualTo(first);
        assertThat(score(filler(3_000) + ANSWER)).isEqualTo(first);
        assertThat(score(filler(9_000) + ANSWER)).isEqualTo(first);
        assertThat(first).isBetween(0.5 * score(filled(20, 80, ANSWER)), score(filled(20, 80, ANSWER)));
    }

    @Test
    void wordsFarApartAreWorthLessThanWordsThatStandTogether() {
        String scattered = "staging" + filler(500) + "database" + filler(500) + "port";

        assertThat(score(scattered)).isLessThan(0.6 * score(filler(1_000) + ANSWER));
        assertThat(match(scattered).coverage()).isEqualTo(1);
    }

    @Test
    void aTextThatOftenSaysOneWordIsWorthLessThanOneThatSaysAll() {
        String often = String.join(filler(10), Collections.nCopies(200, "port"));

        assertThat(score(often)).isLessThan(score(filler(2_000) + ANSWER));
    }

    @Test
    void ofShortTextsTheShorterIsWorthMore() {
        assertThat(score(ANSWER)).isGreaterThan(score(filled(0, 30, ANSWER)));
        assertThat(score(filled(0, 30, ANSWER))).isGreaterThan(score(filled(0, 80, ANSWER)));
    }

    @Test
    void nothingOfTheQuestionIsWorthNothing() {
        assertThat(match(filler(2_000)).score()).isZero();
        assertThat(match(filler(2_000)).coverage()).isZero();
        assertThat(match(filler(2_000)).why()).isEmpty();
    }

    @Test
    void whatIsSaidOfATextCountsInEachPassage() {
        TermVector text =
                TermVector.of(1, new Terms(words(filler(1_000) + "staging database"), List.of("port"), List.of()));
        TermVector without =
                TermVector.of(1, new Terms(words(filler(1_000) + "staging database"), List.of(), List.of()));

        assertThat(scorer().match(text).score())
                .isGreaterThan(1.3 * scorer().match(without).score());
    }

    private static double score(String text) {
        return match(text).score();
    }

    private static TextSearch.Match match(String text) {
        return scorer().match(TermVector.of(1, new Terms(words(text), List.of(), List.of())));
    }

    private static TextScorer scorer() {
        Map<String, Long> frequencies = new HashMap<>();
        ASKED.forEach(word -> frequencies.put(word, 20L));
        TermCounts counts = new TermCounts(ASKED);
        List<WeightedGroup> groups = new ArrayList<>();
        double weight = 0;
        for (String word : ASKED) {
            Question.TermGroup group = new Question.TermGroup(word, List.of(word), List.<String>of(), 1, false, false);
            WeightedGroup weighted = new WeightedGroup(group, frequencies, 1_000, counts);
            weight += weighted.weight();
            groups.add(weighted);
        }
        return new TextScorer(groups, weight, AVERAGE, counts);
    }

    /** Returns a text of so many words that has the given one in it. */
    private static String filled(int before, int all, String text) {
        return filler(before) + text + filler(all - before - words(text).size());
    }

    private static String filler(int words) {
        return " and".repeat(words) + " ";
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }
}
