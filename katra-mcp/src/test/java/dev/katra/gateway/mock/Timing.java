package dev.katra.gateway.mock;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When an answer comes, and whether all of it does.
 *
 * @param delay before its headers
 * @param holds where it waits
 * @param pause between two events
 * @param endAt after how many pieces it breaks off
 * @param end how it breaks off
 * @param error what it says then
 * @param cuts the sizes in which the bytes come; an event at a time if there are none
 */
record Timing(
        Duration delay,
        List<Hold> holds,
        Duration pause,
        int endAt,
        End end,
        @Nullable VendorError error,
        @Nullable IntSupplier cuts) {

    static final Timing NONE = new Timing(Duration.ZERO, List.of(), Duration.ZERO, 0, End.COMPLETE, null, null);

    /** How an answer ends. */
    enum End {
        COMPLETE,
        CUT,
        STOP,
        FAIL
    }

    /**
     * A place to wait.
     *
     * @param pieces after how many; before the headers if negative
     */
    record Hold(int pieces, CountDownLatch latch) {}

    Timing after(Duration other) {
        return new Timing(other, holds, pause, endAt, end, error, cuts);
    }

    Timing held(int pieces, CountDownLatch latch) {
        List<Hold> all = new ArrayList<>(holds);
        all.add(new Hold(pieces, latch));
        return new Timing(delay, List.copyOf(all), pause, endAt, end, error, cuts);
    }

    Timing pausing(Duration other) {
        return new Timing(delay, holds, other, endAt, end, error, cuts);
    }

    Timing ending(int pieces, End other, @Nullable VendorError said) {
        return new Timing(delay, holds, pause, pieces, other, said, cuts);
    }

    Timing cutInto(IntSupplier sizes) {
        return new Timing(delay, holds, pause, endAt, end, error, sizes);
    }

    /** The latches to wait for after so many pieces. */
    List<CountDownLatch> after(int pieces) {
        return holds.stream()
                .filter(hold -> hold.pieces() == pieces)
                .map(Hold::latch)
                .toList();
    }

    /** The most pieces that it speaks of. */
    int furthest() {
        int hold = holds.stream().mapToInt(Hold::pieces).max().orElse(0);
        return end == End.COMPLETE ? hold : Math.max(hold, endAt);
    }
}
