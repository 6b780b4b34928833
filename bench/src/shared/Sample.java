import java.util.Arrays;

/** Durations of calls in nanoseconds. */
final class Sample {

    private final long[] values;
    private int size;
    private boolean sorted;

    Sample(int capacity) {
        values = new long[capacity];
    }

    void add(long nanos) {
        values[size++] = nanos;
        sorted = false;
    }

    /** A percentile in milliseconds (nearest rank). */
    double percentile(double percent) {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        return values[Math.max(0, (int) Math.ceil(size * percent / 100) - 1)] / 1e6;
    }

    static double median(double[] of) {
        double[] values = of.clone();
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
