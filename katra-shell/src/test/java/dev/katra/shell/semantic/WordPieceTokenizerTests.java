package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That they are cut as the model's own tokenizer cuts them, E5SmallTests says with its vocabulary. */
class WordPieceTokenizerTests {

    private static final List<String> VOCABULARY = List.of(
            "[UNK]",
            "[CLS]",
            "[SEP]",
            "em",
            "##bed",
            "##bedding",
            "##s",
            "deploy",
            "cafe",
            "o",
            "##o",
            "'",
            "$",
            "数",
            "a");

    private final WordPieceTokenizer pieces = new WordPieceTokenizer(ids());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "embedding        | em ##bedding",
                "EMBEDS           | em ##bed ##s",
                "deploys deploy   | deploy ##s deploy",
                "Café             | cafe",
                "deploy's         | deploy ' [UNK]",
                "$o$o             | $ o $ o",
                "数数deploy       | 数 数 deploy",
                "embedx deploy    | [UNK] deploy",
                "em\u200bbedding  | em ##bedding",
                "em\u00a0em\tem   | em em em",
                "\ufffd\u0000     | \"\"",
            })
    void takesTheLongestPieceFirst(String text, String cut) {
        assertThat(cut(text, 100)).isEqualTo(("[CLS] " + cut).strip() + " [SEP]");
    }

    @Test
    void doesNotLookIntoAVeryLongWord() {
        assertThat(cut("o".repeat(100), 512)).startsWith("[CLS] o ##o ##o");
        assertThat(cut("o".repeat(101) + " a", 512)).isEqualTo("[CLS] [UNK] a [SEP]");
    }

    @Test
    void cutsALongTextAndStillEndsIt() {
        assertThat(cut("a ".repeat(1000), 6)).isEqualTo("[CLS] a a a a [SEP]");
        assertThat(cut("deploy embedding embeds", 5)).isEqualTo("[CLS] deploy em ##bedding [SEP]");
    }

    private String cut(String text, int most) {
        return Arrays.stream(pieces.tokenIds(text, most))
                .mapToObj(id -> VOCABULARY.get((int) id))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, Integer> ids() {
        Map<String, Integer> ids = new HashMap<>();
        VOCABULARY.forEach(piece -> ids.put(piece, ids.size()));
        return ids;
    }
}
