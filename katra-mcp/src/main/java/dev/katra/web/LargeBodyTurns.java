package dev.katra.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has large bodies read and parsed in turns, so that a core is left for other requests, and the garbage collector has
 * little to copy, for which it stops them all. Sessions that wait get a turn one after the other, however many bodies
 * each of them sends. A turn that lasts too long, because a client does not go on sending, no longer holds others up. It
 * is safe for use by several threads.
 */
final class LargeBodyTurns {

    /** The maximum time for which a turn holds others up. It takes some tens of milliseconds. */
    private static final Duration LEASE = Duration.ofSeconds(1);

    /** The maximum time for which a body waits for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The maximum number of bodies that wait, each of which has a thread of the server's. */
    private static final int MAX_WAITING = 64;

    static final int MAX_WAITING_OF_SESSION = 16;

    private final int atOnce;
    private final long lease;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Turn> taken = new ArrayList<>();
    /** The waiting turns of each session. The session that is next comes first. */
    private final Map<Long, Deque<Turn>> waiting = new LinkedHashMap<>();

    private int count;

    LargeBodyTurns(int atOnce) {
        this(atOnce, LEASE);
    }

    LargeBodyTurns(int atOnce, Duration lease) {
        this.atOnce = atOnce;
        this.lease = lease.toNanos();
    }

    /** Creates turns of which one fewer than the machine has cores are taken at once, and at least one. */
    static LargeBodyTurns ofThisMachine() {
        return new LargeBodyTurns(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }

    /** A Turn lasts until it is closed. */
    final class Turn implements AutoCloseable {

        private long since;

        private long left() {
            return lease - (System.nanoTime() - since);
        }

        /** Ends the turn, so that the next one begins. */
        @Override
        public void close() {
            lock.lock();
            try {
                taken.remove(this);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Waits for a turn. Returns empty if too many wait, or it does not come in time. */
    Optional<Turn> take(@Nullable Long session) {
        Long queue = Objects.requireNonNullElse(session, 0L);
        lock.lock();
        try {
            if (count >= MAX_WAITING || waitingOf(queue) >= MAX_WAITING_OF_SESSION) {
                return Optional.empty();
            }
            Deque<Turn> ofSession = waiting.computeIfAbsent(queue, id -> new ArrayDeque<>());
            Turn turn = new Turn();
            ofSession.add(turn);
            count++;
            return awaited(turn, queue, ofSession);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Turn> awaited(Turn turn, Long queue, Deque<Turn> ofSession) {
        boolean come = false;
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (long left = PATIENCE.toNanos(); !isNext(turn) && left > 0; left = deadline - System.nanoTime()) {
                changed.awaitNanos(Math.min(left, untilLate()));
            }
            come = isNext(turn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        leave(turn, queue, ofSession);
        if (come) {
            turn.since = System.nanoTime();
            taken.add(turn);
        }
        changed.signalAll();
        return come ? Optional.of(turn) : Optional.empty();
    }

    /** Returns the number of bodies that wait. */
    int waiting() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    private int waitingOf(Long queue) {
        Deque<Turn> ofSession = waiting.get(queue);
        return ofSession == null ? 0 : ofSession.size();
    }

    private boolean isNext(Turn turn) {
        boolean room = taken.stream().filter(each -> each.left() > 0).count() < atOnce;
        return room && waiting.values().iterator().next().peek() == turn;
    }

    /** Returns the nanoseconds until one of the turns that are taken no longer holds others up. */
    private long untilLate() {
        return taken.stream()
                .mapToLong(Turn::left)
                .filter(left -> left > 0)
                .min()
                .orElse(lease);
    }

    private void leave(Turn turn, Long queue, Deque<Turn> ofSession) {
        ofSession.remove(turn);
        count--;
        waiting.remove(queue);
        if (!ofSession.isEmpty()) {
            waiting.put(queue, ofSession); // behind all others
        }
    }
}
