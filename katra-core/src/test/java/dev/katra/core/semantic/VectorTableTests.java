package dev.katra.core.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VectorTableTests {

    private static final int DIMENSIONS = 32;

    private final VectorTable table = new VectorTable(DIMENSIONS, 3000);
    private final Random random = new Random(5);

    @Test
    void ordersAsTheFloatsWould() {
        float[][] vectors = new float[2500][];
        for (int n = 0; n < vectors.length; n++) {
            vectors[n] = vector();
            table.add(n + 1, ByteVectors.quantize(vectors[n]));
        }
        float[] query = vector();
        List<Long> exact = LongStream.rangeClosed(1, vectors.length)
                .boxed()
                .sorted((one, other) -> Double.compare(
                        cosine(query, vectors[(int) (other - 1)]), cosine(query, vectors[(int) (one - 1)])))
                .toList();
        List<VectorTable.Near> found = table.nearest(ByteVectors.quantize(query), number -> true, 100, -1);
        assertThat(found).hasSize(100);
        assertThat(found.get(0).number()).isEqualTo(exact.get(0));
        assertThat(found.get(0).cosine()).isCloseTo(cosine(query, vectors[(int) (exact.get(0) - 1)]), within(0.01));
        assertThat(numbers(found).stream().filter(exact.subList(0, 100)::contains))
                .hasSizeGreaterThan(95);
        assertThat(found.stream().map(VectorTable.Near::cosine).toList())
                .isSortedAccordingTo(java.util.Comparator.<Double>naturalOrder().reversed());
    }

    @Test
    void leavesOutWhatIsNotAllowedAndWhatIsTooFar() {
        table.add(1, axis(0, 1));
        table.add(2, axis(0, 1));
        table.add(3, axis(1, 1));
        assertThat(numbers(table.nearest(axis(0, 1), number -> number != 1, 10, 0.5)))
                .containsExactly(2L);
        assertThat(table.nearest(axis(0, -1), number -> true, 10, 0.5)).isEmpty();
    }

    @Test
    void doesNotKnowWhatIsTakenOut() {
        LongStream.rangeClosed(1, 2000).forEach(n -> table.add(n, axis((int) (n % DIMENSIONS), 1)));
        table.remove(LongStream.rangeClosed(1, 2000)
                .filter(n -> n % DIMENSIONS == 7)
                .boxed()
                .toList());
        assertThat(table.size()).isEqualTo(2000 - 63);
        assertThat(table.nearest(axis(7, 1), number -> true, 2000, 0.5)).isEmpty();
        assertThat(numbers(table.nearest(axis(8, 1), number -> true, 2000, 0.5)))
                .hasSize(63)
                .allMatch(n -> n % DIMENSIONS == 8);
        table.remove(List.of(7L, 4711L));
        assertThat(table.size()).isEqualTo(2000 - 63);
    }

    @Test
    void keepsTheNewestWhenItIsFull() {
        LongStream.rangeClosed(1, 3500).forEach(n -> table.add(n, axis(0, 1)));
        assertThat(table.size()).isEqualTo(3000);
        assertThat(numbers(table.nearest(axis(0, 1), number -> true, 5000, 0)))
                .hasSize(3000)
                .allMatch(n -> n > 500);
    }

    @Test
    void takesNoVectorOfAnotherLength() {
        table.add(1, new byte[DIMENSIONS - 1]);
        table.add(2, new byte[DIMENSIONS]);
        assertThat(table.size()).isOne();
        assertThat(table.nearest(axis(0, 1), number -> true, 5, 0)).isEmpty();
    }

    private float[] vector() {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static byte[] axis(int part, int sign) {
        byte[] vector = new byte[DIMENSIONS];
        vector[part] = (byte) (127 * sign);
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }
        return product / Math.sqrt(first * second);
    }

    private static List<Long> numbers(List<VectorTable.Near> found) {
        return found.stream().map(VectorTable.Near::number).toList();
    }
}
