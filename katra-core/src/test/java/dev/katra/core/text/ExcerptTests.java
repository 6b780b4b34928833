package dev.katra.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTests {

    private static final String FILLER = "lorem ipsum dolor sit amet ".repeat(40);

    @Test
    void aShortTextIsWhole() {
        assertThat(Excerpt.of("the port is 5544", List.of("nothing"), 16))
                .isEqualTo(new Excerpt("the port is 5544", 0));
    }

    @Test
    void aLongTextIsCutAroundTheWords() {
        String text = FILLER + "the staging port is 5544 now " + FILLER;

        Excerpt excerpt = Excerpt.of(text, List.of("Staging", "ports"), 120);

        assertThat(excerpt.text())
                .contains("staging port is 5544")
                .startsWith("… ")
                .endsWith(" …");
        assertThat(excerpt.text().length()).isBetween(60, 124);
        assertThat(excerpt.omittedBytes())
                .isEqualTo(text.length() - excerpt.text().length() + 4);
    }

    @Test
    void thePlaceWithMostOfTheWordsWins() {
        String text = "the port of Hamburg " + FILLER + "staging listens on port 5544 " + FILLER;

        assertThat(Excerpt.of(text, List.of("staging", "port"), 100).text()).contains("staging listens on port");
    }

    @Test
    void withoutAnyOfTheWordsItIsTheBeginning() {
        assertThat(Excerpt.of("first of all " + FILLER, List.of("author"), 60).text())
                .startsWith("first of all")
                .endsWith(" …");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String text = "😀".repeat(400);
        for (int most = 80; most < 100; most++) {
            Excerpt excerpt = Excerpt.of(text, List.of(), most);

            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(excerpt.text()))
                    .isTrue();
            assertThat(excerpt.isWhole()).isFalse();
        }
    }

    @Test
    void textsWithoutBlanksAreCutToSizeToo() {
        String text = "数据库端口".repeat(300) + "预发布环境" + "数据库端口".repeat(300);

        assertThat(Excerpt.of(text, List.of("预发布"), 300).text())
                .contains("预发布环境")
                .hasSizeLessThan(110);
    }
}
