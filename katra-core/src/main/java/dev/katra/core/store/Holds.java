package dev.katra.core.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long pieces of work hold the writer, while everybody else who writes waits. A piece is the work of one write,
 * its actions after the commit, or the commit of a batch. The log names a piece that takes longer than it may, once a minute
 * at most, and not in the first minute, in which the program's classes are loaded.
 */
public final class Holds {

    /** The time that a piece may take. */
    public static final Duration LIMIT = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
    private static final long SILENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Is told of every piece, on the writer's thread. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes note of a piece.
         *
         * @param by finds out whose work it was, which takes a while
         */
        void held(Supplier<String> by, long nanos);
    }

    private final LongSupplier clock;
    private volatile Listener listener = (by, nanos) -> {};
    private volatile long longest;
    private final AtomicLong over = new AtomicLong();
    private long unsaid;
    private long silentSince;

    Holds() {
        this(System::nanoTime);
    }

    Holds(LongSupplier clock) {
        this.clock = clock;
        silentSince = clock.getAsLong();
    }

    /** Sets the listener, in place of the one before. */
    public void listen(Listener next) {
        listener = next;
    }

    /** Returns the time of the longest piece. */
    public Duration longest() {
        return Duration.ofNanos(longest);
    }

    /** Returns how many pieces took longer than they may. */
    public long over() {
        return over.get();
    }

    /** Notes a piece. Must be called on the writer's thread. */
    void add(Supplier<String> by, long nanos) {
        longest = Math.max(longest, nanos);
        if (nanos > LIMIT.toNanos()) {
            over.incrementAndGet();
            unsaid++;
            say(by, nanos);
        }
        listener.held(by, nanos);
    }

    private void say(Supplier<String> by, long nanos) {
        long now = clock.getAsLong();
        if (now - silentSince >= SILENCE_NANOS) {
            LOG.warn(
                    "{} held the writer for {} ms, and others who write waited; {} since the last such line",
                    by.get(),
                    TimeUnit.NANOSECONDS.toMillis(nanos),
                    unsaid);
            silentSince = now;
            unsaid = 0;
        }
    }
}
