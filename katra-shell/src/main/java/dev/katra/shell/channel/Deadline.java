package dev.katra.shell.channel;

import dev.katra.core.concurrent.Threads;
import java.io.IOException;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A Deadline closes a channel when a time limit passes, because a Unix socket has no timeout. It is either met or
 * passed, never both. One thread watches all of them.
 */
final class Deadline implements AutoCloseable {

    private enum State {
        OPEN,
        MET,
        PASSED
    }

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Channel channel;
    private final Future<?> watch;

    private Deadline(Duration limit, Channel channel) {
        this.channel = channel;
        this.watch = TIMER.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts a deadline, whose time limit begins now. */
    static Deadline start(Duration limit, Channel channel) {
        return new Deadline(limit, channel);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Threads.daemons("katra-deadline"));
        timer.setRemoveOnCancelPolicy(true); // most deadlines are met, and nothing of them is to stay
        return timer;
    }

    private void pass() {
        if (state.compareAndSet(State.OPEN, State.PASSED)) {
            try {
                channel.close();
            } catch (IOException e) {
                // it was closed already
            }
        }
    }

    /** Returns whether the limit has passed, and the channel was closed because of that. */
    boolean hasPassed() {
        return state.get() == State.PASSED;
    }

    /** Marks the deadline as met, unless it has passed, and leaves the channel as it is. */
    @Override
    public void close() {
        state.compareAndSet(State.OPEN, State.MET);
        watch.cancel(false);
    }
}
