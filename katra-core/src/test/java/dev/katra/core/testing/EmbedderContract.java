package dev.katra.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.katra.core.semantic.Embedder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every embedder does. */
public abstract class EmbedderContract {

    private static final String CAR = "Yesterday Dario bought a new car";
    private static final List<String> OTHERS = List.of(
            "The doctor is in Basel until Thursday", "Migrations are never edited", "Ship the release on Friday");

    /** The one under test; the same at every call. */
    protected abstract Embedder embedder();

    @Test
    void namesItself() {
        assertThat(embedder().id()).matches("[a-z0-9][a-z0-9.-]*");
        assertThat(embedder().unrelatedCosine()).isBetween(-1.0, 1.0);
        assertThat(embedder().answeringCosine()).isGreaterThan(embedder().unrelatedCosine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a car", "", " ", "?!", "数据库", "Größe", "😀", "\ud800", "[SEP] [PAD]"})
    void givesEveryTextAVectorOfLengthOne(String text) {
        assertLengthOne(embedder().embedQuestion(text));
        assertLengthOne(embedder().embedText(text));
    }

    @Test
    void findsWhatIsSaidInOtherWords() {
        float[] question = embedder().embedQuestion("who purchased an automobile");
        double right = cosine(question, embedder().embedText(CAR));
        assertThat(right).isGreaterThan(embedder().unrelatedCosine());
        assertThat(OTHERS)
                .allSatisfy(other -> assertThat(cosine(question, embedder().embedText(other)))
                        .isLessThan(right));
    }

    @Test
    void cutsWhatIsTooLong() {
        assertLengthOne(embedder().embedText("car ".repeat(16_000)));
        assertLengthOne(embedder().embedText("x".repeat(64_000)));
    }

    @Test
    void givesTheSameToManyAtOnce() {
        float[] alone = embedder().embedText(CAR);
        assertThat(IntStream.range(0, 32)
                        .parallel()
                        .mapToObj(n -> embedder().embedText(CAR))
                        .toList())
                .allSatisfy(vector -> assertThat(cosine(vector, alone)).isCloseTo(1, within(1e-5)));
    }

    private void assertLengthOne(float[] vector) {
        assertThat(vector).hasSize(embedder().dimensions());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-4));
    }

    private static double cosine(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }
}
