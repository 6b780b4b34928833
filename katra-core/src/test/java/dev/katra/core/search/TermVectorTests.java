package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TermVectorTests {

    private static final Terms TERMS =
            new Terms(List.of("build", "need", "build"), List.of("p_", "p_7", "need"), List.of("build_", "jdk17"));

    @Test
    void countsATermByWhereTheTextHasIt() {
        TermVector document = TermVector.of(3, TERMS);
        TermCounts counts = new TermCounts(List.of("build", "need", "jdk17", "elsewhere"));
        counts.countTerms(document);
        assertThat(count(counts, "build")).isEqualTo(2);
        assertThat(count(counts, "need")).isEqualTo(2);
        assertThat(count(counts, "jdk17")).isEqualTo(0.8);
        assertThat(count(counts, "elsewhere")).isZero();
        assertThat(counts.indexOf("unasked".hashCode())).isNegative();
        assertThat(document.wordCount()).isEqualTo(3);
    }

    @Test
    void beginsAnewWithEveryText() {
        TermCounts counts = new TermCounts(List.of("build"));
        counts.countTerms(TermVector.of(3, TERMS));
        counts.countTerms(TermVector.of(4, new Terms(List.of("build"), List.of(), List.of())));
        assertThat(count(counts, "build")).isEqualTo(1);
    }

    @Test
    void isTheSameOnceItWasWritten() {
        TermVector read = TermVector.decode(3, TermVector.of(3, TERMS).encode());
        assertThat(read.id()).isEqualTo(3);
        assertThat(read.encode()).isEqualTo(TermVector.of(3, TERMS).encode());
        assertThat(read.hasFilterTerm("p_7")).isTrue();
        assertThat(read.hasFilterTerm("build")).isFalse();
        assertThat(read.hasFilterTerm("build_")).isFalse();
        assertThat(read.termCount()).isEqualTo(8);
    }

    @Test
    void keepsManyTermsApart() {
        List<String> many = IntStream.range(0, 500).mapToObj(n -> "term" + n).toList();
        TermCounts counts = new TermCounts(many);
        counts.countTerms(TermVector.of(1, new Terms(many.subList(0, 250), List.of(), List.of())));
        assertThat(many.subList(0, 250))
                .allSatisfy(term -> assertThat(count(counts, term)).isEqualTo(1));
        assertThat(many.subList(250, 500))
                .allSatisfy(term -> assertThat(count(counts, term)).isZero());
    }

    @Test
    void countsTermsOfTheSameHashAsOne() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        TermCounts counts = new TermCounts(List.of("Aa", "BB", "CC"));
        counts.countTerms(TermVector.of(1, new Terms(List.of("BB"), List.of(), List.of())));
        assertThat(count(counts, "Aa")).isEqualTo(1);
        assertThat(count(counts, "BB")).isEqualTo(1);
        assertThat(count(counts, "CC")).isZero();
    }

    @Test
    void findsNothingWithoutAQuestion() {
        TermCounts counts = new TermCounts(List.of());
        counts.countTerms(TermVector.of(3, TERMS));
        assertThat(counts.indexOf("build".hashCode())).isNegative();
    }

    private static double count(TermCounts counts, String term) {
        return counts.at(counts.indexOf(term.hashCode()));
    }
}
