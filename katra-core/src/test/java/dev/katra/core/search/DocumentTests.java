package dev.katra.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentTests {

    private static final Terms TERMS =
            new Terms(List.of("build", "need", "build"), List.of("p_", "p_7", "need"), List.of("build_", "jdk17"));

    @Test
    void countsATermByWhereTheTextHasIt() {
        Document document = Document.of(3, TERMS);
        Counts counts = new Counts(List.of("build", "need", "jdk17", "elsewhere"));
        counts.of(document);
        assertThat(count(counts, "build")).isEqualTo(2);
        assertThat(count(counts, "need")).isEqualTo(1.5);
        assertThat(count(counts, "jdk17")).isEqualTo(0.8);
        assertThat(count(counts, "elsewhere")).isZero();
        assertThat(counts.place("unasked".hashCode())).isNegative();
        assertThat(document.length()).isEqualTo(3);
    }

    @Test
    void beginsAnewWithEveryText() {
        Counts counts = new Counts(List.of("build"));
        counts.of(Document.of(3, TERMS));
        counts.of(Document.of(4, new Terms(List.of("build"), List.of(), List.of())));
        assertThat(count(counts, "build")).isEqualTo(1);
    }

    @Test
    void isTheSameOnceItWasWritten() {
        Document read = Document.read(3, Document.of(3, TERMS).written());
        assertThat(read.id()).isEqualTo(3);
        assertThat(read.written()).isEqualTo(Document.of(3, TERMS).written());
        assertThat(read.marked("p_7")).isTrue();
        assertThat(read.marked("build")).isFalse();
        assertThat(read.marked("build_")).isFalse();
        assertThat(read.size()).isEqualTo(8);
    }

    @Test
    void keepsManyTermsApart() {
        List<String> many = IntStream.range(0, 500).mapToObj(n -> "term" + n).toList();
        Counts counts = new Counts(many);
        counts.of(Document.of(1, new Terms(many.subList(0, 250), List.of(), List.of())));
        assertThat(many.subList(0, 250))
                .allSatisfy(term -> assertThat(count(counts, term)).isEqualTo(1));
        assertThat(many.subList(250, 500))
                .allSatisfy(term -> assertThat(count(counts, term)).isZero());
    }

    @Test
    void countsTermsOfTheSameHashAsOne() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        Counts counts = new Counts(List.of("Aa", "BB", "CC"));
        counts.of(Document.of(1, new Terms(List.of("BB"), List.of(), List.of())));
        assertThat(count(counts, "Aa")).isEqualTo(1);
        assertThat(count(counts, "BB")).isEqualTo(1);
        assertThat(count(counts, "CC")).isZero();
    }

    @Test
    void findsNothingWithoutAQuestion() {
        Counts counts = new Counts(List.of());
        counts.of(Document.of(3, TERMS));
        assertThat(counts.place("build".hashCode())).isNegative();
    }

    private static double count(Counts counts, String term) {
        return counts.at(counts.place(term.hashCode()));
    }
}
