package dev.katra.shell.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.katra.core.semantic.EmbeddingIndex;
import dev.katra.core.testing.retrieval.Measured;
import dev.katra.core.testing.retrieval.RetrievalQuestion;
import dev.katra.core.testing.retrieval.RetrievalSet;
import dev.katra.core.testing.retrieval.RetrievalSet.Half;
import dev.katra.core.testing.retrieval.Score;
import dev.katra.core.testing.retrieval.ScoreTable;
import dev.katra.mcp.memory.RecallRanking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How well {@code katra_recall} answers with the real model; target/retrieval-semantic.txt has the numbers. */
@Tag("semantic")
class SemanticRetrievalTests {

    /** The shell's own beans have no business in the server of katra-mcp's tests. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "spring.shell.interactive.enabled",
            "false",
            "spring.autoconfigure.exclude",
            "org.springframework.shell.core.autoconfigure.SpringShellAutoConfiguration");

    private static final Map<Half, Measured> WORDS = new EnumMap<>(Half.class);
    private static final Map<Half, Measured> MEANING = new EnumMap<>(Half.class);

    @BeforeAll
    static void measure(@TempDir Path folder) throws Exception {
        ModelFiles files = E5SmallTests.fetch(folder);
        RetrievalSet set = RetrievalSet.read();
        try (RecallRanking recall = new RecallRanking(folder.resolve("home"), set, SETTINGS)) {
            measure("words", recall, WORDS);
            EmbeddingIndex index = recall.bean(EmbeddingIndex.class);
            index.switchOn(E5Small.load(files));
            assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
                while (!index.state().complete()) {
                    LockSupport.parkNanos(1_000_000);
                }
            });
            measure("words and meaning", recall, MEANING);
        }
        write();
    }

    private static void measure(String name, RecallRanking recall, Map<Half, Measured> into) {
        for (Half half : Half.values()) {
            into.put(half, Measured.of(name, recall, half));
        }
    }

    /** Floors are what was reached when the ranking, the set or the model changed last, less what machines differ in. */
    @ParameterizedTest
    @CsvSource({"TUNE, 0.873, 0.803", "HELD_OUT, 0.884, 0.832"})
    void findsAsWellAsItDid(Half half, double hit5, double mrr) {
        assertAtLeast(of(MEANING, half).over(type -> !type.equals(RetrievalQuestion.LONG)), hit5, mrr);
    }

    @ParameterizedTest
    @CsvSource({"TUNE, 0.99, 0.94", "HELD_OUT, 0.99, 0.94"})
    void findsFactsInLongTextsAsWellAsItDid(Half half, double hit5, double mrr) {
        assertAtLeast(of(MEANING, half).over(RetrievalQuestion.LONG::equals), hit5, mrr);
    }

    private static void assertAtLeast(Score score, double hit5, double mrr) {
        assertThat(score.hit5()).as("hit@5").isGreaterThanOrEqualTo(hit5);
        assertThat(score.mrr()).as("MRR").isGreaterThanOrEqualTo(mrr);
    }

    @ParameterizedTest
    @EnumSource
    void findsMoreThanWordsAlone(Half half) {
        assertThat(of(MEANING, half).all().hit5())
                .isGreaterThan(of(WORDS, half).all().hit5());
    }

    @ParameterizedTest
    @EnumSource
    void findsNothingThatAnotherKeepsPrivate(Half half) {
        assertThat(of(MEANING, half).leaked()).isEmpty();
    }

    private static void write() throws IOException {
        StringBuilder tables = new StringBuilder();
        for (Half half : Half.values()) {
            tables.append(ScoreTable.of(List.of(of(WORDS, half), of(MEANING, half))))
                    .append('\n');
        }
        Files.writeString(Path.of("target/retrieval-semantic.txt"), tables);
        Files.write(
                Path.of("target/retrieval-semantic-misses.txt"),
                of(MEANING, Half.TUNE).misses());
    }

    private static Measured of(Map<Half, Measured> measured, Half half) {
        return Objects.requireNonNull(measured.get(half));
    }
}
